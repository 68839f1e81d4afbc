"""Makes and repairs the Python environment of a checkout. Standard library only: any Python 3.11 runs it.

Usage: python3 environment.py CHECKOUT LOCK_FILE STAMP
LOCK_FILE lists the packages with their hashes; STAMP is written to `.venv/stamp` when everything is in place.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_NO_INSTALLER = (
    "Klantbeeld needs pip to fetch its packages, and this Python has none.\n"
    "  Debian, Ubuntu: apt-get install python3-pip\n"
    "  elsewhere: see the documentation of your Python"
)


class PreparationError(Exception):
    """The environment could not be made; the message says what to do."""


def main(checkout: Path, lock_file: Path, stamp: str) -> None:
    """Bring `.venv` in `checkout` to the state of `lock_file`; a second caller waits for the first.

    Raises:
        PreparationError: a step failed.
    """
    venv = checkout / ".venv"
    venv.mkdir(exist_ok=True)
    # The lock lies in the folder that is repaired around it, so the file itself is never replaced.
    with (venv / "preparing").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if _read(venv / "stamp") == stamp and _works(venv):
            return
        (venv / "stamp").unlink(missing_ok=True)
        if not _works(venv):
            _say("Making the Python environment")
            _make(venv)
        if not (venv / "bin" / "uv").exists():
            _install_uv(venv, lock_file)
        _say("Fetching the packages")
        _sync(venv, lock_file)
        (venv / "stamp").write_text(stamp)


def _make(venv: Path) -> None:
    for entry in venv.iterdir():
        if entry.name != "preparing":
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    _run([sys.executable, "-m", "venv", "--without-pip", str(venv)], "Python can't make an environment here")


def _install_uv(venv: Path, lock_file: Path) -> None:
    """Install uv, which then installs everything else in parallel: the very version and hashes of the lock file."""
    python = str(venv / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python]
    if not _succeeds([*pip, "--version"]):
        # Without a pip of its own a Python may still be able to make one inside the environment.
        if not _succeeds([python, "-m", "ensurepip", "--default-pip"]):
            raise PreparationError(_NO_INSTALLER)
        pip = [python, "-m", "pip"]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "uv.txt"
        wanted.write_text(_block_of("uv", lock_file.read_text(encoding="utf-8")), encoding="utf-8")
        _run([*pip, "install", "--quiet", "--require-hashes", "-r", str(wanted)], "uv can't be installed")


def _sync(venv: Path, lock_file: Path) -> None:
    command = [str(venv / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes"]
    _run([*command, "--python", str(venv / "bin" / "python"), str(lock_file)], "the packages can't be fetched")


def _block_of(name: str, text: str) -> str:
    """The lines of a lock file that pin one package."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(f"{name}==")]
    if not starts:
        raise PreparationError(f"the lock file does not pin {name}")
    block = [lines[starts[0]]]
    for line in lines[starts[0] + 1 :]:
        if not line.startswith(" "):
            break
        block.append(line)
    return "\n".join(block) + "\n"


def _works(venv: Path) -> bool:
    check = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return (venv / "pyvenv.cfg").exists() and _succeeds([str(venv / "bin" / "python"), "-c", check])


def _succeeds(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(command: list[str], failure: str) -> None:
    # Standard output belongs to the command that the user asked for.
    done = subprocess.run(command, stdout=sys.stderr.fileno(), check=False, env=_neutral_environment())
    if done.returncode != 0:
        raise PreparationError(f"{failure}: {Path(command[0]).name} ended with {done.returncode}")


def _neutral_environment() -> dict[str, str]:
    """The environment without the marks of another Python environment that happens to be active."""
    strange = {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "CONDA_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in strange}


def _read(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def _say(text: str) -> None:
    sys.stderr.write(f"  {text}\n")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
    except (PreparationError, OSError) as problem:
        sys.stderr.write(f"Klantbeeld can't be prepared: {problem}\n")
        sys.exit(1)
