"""The client processes, and what they found."""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_ROOM_TO_START = 0.02


class WrongAnswer(Exception):
    """The server answered with another status than what is measured answers with."""


@dataclass
class Times:
    """How long requests took, in seconds, and how long all of them together by the clock."""

    each: list[float] = field(default_factory=list)
    span: float = 0.0

    def percentile(self, share: float) -> float:
        """The time in milliseconds within which this share of the requests was answered. Raises IndexError on none."""
        ordered = sorted(self.each)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.each) / self.span if self.span else 0.0


class Clients:
    """Client processes that ask at the same time."""

    def __init__(self, host: str, port: int, number: int) -> None:
        command = [sys.executable, "-m", "klantbeeld.site.bench.client", host, str(port)]
        self._processes = [
            subprocess.Popen(  # noqa: S603 - our own client
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for _ in range(number)
        ]
        self._count = time.time_ns() // 1_000_000 % 1_000_000_000

    def ask(self, requests: Sequence[bytes], status: int, number: int, seconds: float, most: int = 1_000_000) -> Times:
        """Let `number` clients ask in turn for `requests`, for some seconds or `most` times each.

        Raises WrongAnswer, and ConnectionError when the server closes a connection.
        """
        encoded = [base64.b64encode(each).decode() for each in requests]
        start = time.monotonic() + _ROOM_TO_START
        for place, process in enumerate(self._processes[:number]):
            self._count += 1_000_000
            job = {"requests": encoded, "status": status, "seconds": seconds, "most": most, "start": start}
            job |= {"offset": place * 3, "first": self._count % 10_000_000_000}
            self._tell(process, job)
        answers = [self._hear(process) for process in self._processes[:number]]
        span = time.monotonic() - start
        wrong = next((each["wrong"] for each in answers if each["wrong"]), None)
        if wrong:
            raise WrongAnswer(f"{wrong[0]} instead of {status} for {wrong[1].splitlines()[0]}")
        return Times([seconds for each in answers for seconds in each["times"]], span)

    def close(self) -> None:
        """End the clients."""
        for process in self._processes:
            if process.stdin:
                process.stdin.close()
            process.wait(timeout=10)

    @staticmethod
    def _tell(process: "subprocess.Popen[str]", job: dict[str, Any]) -> None:
        if process.stdin:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()

    @staticmethod
    def _hear(process: "subprocess.Popen[str]") -> dict[str, Any]:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise ConnectionError("a client broke off: the server closed its connection")
        answer: dict[str, Any] = json.loads(line)
        return answer
