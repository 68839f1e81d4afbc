"""The launcher's end of the conversation with the application's host process."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from klantbeeld.platform.embedded.public import tether
from klantbeeld.site.cli.orders import Orders


class HostProcess:
    """A started host. It ends when this process does: its standard input is then closed."""

    def __init__(self, orders: Orders, environment: Mapping[str, str], log: Path) -> None:
        ears, self._mouth = os.pipe()
        self.messages, voice = os.pipe()
        os.set_blocking(self.messages, False)
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "klantbeeld.site.cli.host", orders.to_json()],
                stdin=ears,
                stdout=voice,
                stderr=errors,
                env=environment,
                start_new_session=True,
                preexec_fn=tether(signal.SIGTERM),
            )
        os.close(ears)
        os.close(voice)
        self._heard = b""

    @property
    def pid(self) -> int:
        """The process id, which is also that of its process group."""
        return self._process.pid

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """End it at once; what it started ends with it."""
        self._process.kill()

    def tell(self, what: str) -> None:
        """Say that `what` is ready. A host that has died does not hear it: the next one must be told again."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self._mouth, what.encode() + b"\n")

    def receive(self) -> list[dict[str, Any]] | None:
        """What it has said since the last call; None when it has fallen silent for good."""
        chunk = os.read(self.messages, 65536)
        if not chunk:
            os.close(self.messages)
            return None
        *lines, self._heard = (self._heard + chunk).split(b"\n")
        return [message for line in lines if (message := _parsed(line)) is not None]

    def hang_up(self) -> None:
        """Close our end; to be called once, when it has died."""
        os.close(self._mouth)


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        message = json.loads(line)
    except ValueError:
        return None  # printed past us by some library
    return message if isinstance(message, dict) else None
