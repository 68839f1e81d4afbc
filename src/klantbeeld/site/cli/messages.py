"""What the command line says, and where: progress on standard error, answers on standard output."""

import sys
from pathlib import Path


class CommandError(Exception):
    """Ends the command with exit code 1; the message says what was wrong and what to do."""


def progress(text: str) -> None:
    """One line about what is being done, for the person who waits."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def answer(text: str) -> None:
    """One line of the result that was asked for."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def end_of(file: Path, lines: int = 15) -> str:
    """The last lines of a log, indented, as part of an error message."""
    try:
        found = file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    except OSError:
        return f"There is no log at {file}."
    return f"The end of {file}:\n" + "\n".join(f"    {line}" for line in found)
