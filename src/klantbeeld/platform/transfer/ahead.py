"""Batches of a file, drafted in a thread or a process of their own while the database merges the one before."""

import multiprocessing
import pickle
import sys
from collections.abc import Generator
from contextlib import closing, suppress
from contextvars import copy_context
from itertools import islice
from multiprocessing.connection import Connection
from queue import Empty, Queue
from threading import Event, Thread

from django.utils import translation

from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records.bulk import Batch, Refusal
from klantbeeld.platform.transfer.child import draft
from klantbeeld.platform.transfer.plan import Plan
from klantbeeld.platform.transfer.reading import read

FIRST_ROWS, MOST_ROWS = 2_500, 10_000
"""Rows in the first batch, so that the database soon has something to do, and in those of a long file."""
WORTH_A_PROCESS = 6_000_000
"""Bytes from which a second process gains more than its start costs."""
_SWITCH_SECONDS, _USUAL_SWITCH_SECONDS = 0.0005, sys.getswitchinterval()
_Message = Batch | Exception | None


def batches(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    """The file's rows after the first `skip`, drafted in batches. Raises Refused when it can't be read."""
    if plan.path.stat().st_size < WORTH_A_PROCESS:
        return _beside(plan, skip)
    return _elsewhere(plan, skip)


def _drafted(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    drafter = plan.drafter(plan.bulk())
    rows = read(plan.path, plan.dialect)
    consumed = sum(1 for _row in islice(rows, skip))
    size = FIRST_ROWS
    while chunk := list(islice(rows, size)):
        consumed += len(chunk)
        batch = drafter.batch([(row.number, row.cells) for row in chunk if row.problem is None], consumed)
        batch.refused += [Refusal(row.number, row.cells, {"": [row.problem]}) for row in chunk if row.problem]
        yield batch
        size = min(2 * size, MOST_ROWS)


def _beside(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    """Draft in a thread: the one that merges mostly waits for the database."""

    def work() -> None:
        with translation.override(plan.language):
            try:
                for batch in _drafted(plan, skip):
                    if gone.is_set():
                        return
                    arrived.put(batch)
                arrived.put(None)
            except Exception as problem:
                arrived.put(problem)

    arrived: Queue[_Message] = Queue(maxsize=2)
    gone = Event()
    drafting = Thread(target=copy_context().run, args=(work,), name="drafting", daemon=True)
    # The other thread has the database's answers to pick up, and shouldn't wait 5 ms each time until this one pauses.
    sys.setswitchinterval(_SWITCH_SECONDS)
    drafting.start()
    try:
        yield from _until_none(arrived)
    finally:
        sys.setswitchinterval(_USUAL_SWITCH_SECONDS)
        gone.set()
        _drain(arrived, drafting)


def _elsewhere(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=draft, args=(sender, pickle.dumps((plan, skip))), daemon=True)
    process.start()
    sender.close()
    arrived: Queue[_Message] = Queue(maxsize=1)
    unpacking = Thread(target=_receive, args=(receiver, arrived), name="batches", daemon=True)
    unpacking.start()
    try:
        yield from _until_none(arrived)
    finally:
        process.terminate()
        process.join()
        _drain(arrived, unpacking)


def _until_none(arrived: "Queue[_Message]") -> Generator[Batch, None, None]:
    while (message := arrived.get()) is not None:
        if isinstance(message, Exception):
            raise message
        yield message


def _drain(arrived: "Queue[_Message]", filling: Thread) -> None:
    """Wait for the end of a thread that may hold a batch which nobody wants any more."""
    while filling.is_alive():
        with suppress(Empty):
            arrived.get(timeout=0.05)


def _receive(receiver: Connection, arrived: "Queue[_Message]") -> None:
    """Unpack the next batch while the database works on the one before."""
    message: _Message
    with closing(receiver):
        while True:
            try:
                message = pickle.loads(receiver.recv_bytes())  # noqa: S301 - our own process
            except (EOFError, OSError):
                message = RuntimeError("The process that reads the file has died.")
            arrived.put(message)
            if not isinstance(message, Batch):
                return


def send_all(sender: Connection, plan: Plan, skip: int) -> None:
    """Draft the whole file and send it, batch by batch; a reader that went away ends it."""
    with translation.override(plan.language), suppress(BrokenPipeError):
        try:
            for batch in _drafted(plan, skip):
                batch.pack()
                sender.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
            sender.send_bytes(pickle.dumps(None))
        except Refused as problem:
            sender.send_bytes(pickle.dumps(Refused(str(problem))))
