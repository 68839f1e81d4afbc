"""Batches of a file, drafted in a process of their own while the database merges the one before."""

import multiprocessing
import pickle
from collections.abc import Generator
from contextlib import closing, suppress
from itertools import islice
from multiprocessing.connection import Connection
from queue import Empty, Queue
from threading import Thread

from django.utils import translation

from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records.bulk import Batch, Refusal
from klantbeeld.platform.transfer.child import draft
from klantbeeld.platform.transfer.plan import Plan
from klantbeeld.platform.transfer.reading import read

BATCH_ROWS = 10_000
WORTH_A_PROCESS = 6_000_000
"""Bytes from which a second process gains more than its start costs."""


def batches(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    """The file's rows after the first `skip`, drafted in batches. Raises Refused when it can't be read."""
    if plan.path.stat().st_size < WORTH_A_PROCESS:
        return _here(plan, skip)
    return _elsewhere(plan, skip)


def _here(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    drafter = plan.drafter(plan.bulk())
    rows = read(plan.path, plan.dialect)
    consumed = sum(1 for _row in islice(rows, skip))
    while chunk := list(islice(rows, BATCH_ROWS)):
        consumed += len(chunk)
        batch = drafter.batch([(row.number, row.cells) for row in chunk if row.problem is None], consumed)
        batch.refused += [Refusal(row.number, row.cells, {"": [row.problem]}) for row in chunk if row.problem]
        yield batch


def _elsewhere(plan: Plan, skip: int) -> Generator[Batch, None, None]:
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=draft, args=(sender, pickle.dumps((plan, skip))), daemon=True)
    process.start()
    sender.close()
    arrived: Queue[Batch | Exception | None] = Queue(maxsize=1)
    unpacking = Thread(target=_receive, args=(receiver, arrived), name="batches", daemon=True)
    unpacking.start()
    try:
        while (message := arrived.get()) is not None:
            if isinstance(message, Exception):
                raise message
            yield message
    finally:
        process.terminate()
        process.join()
        while unpacking.is_alive():  # it may hold a batch that nobody wants any more
            with suppress(Empty):
                arrived.get(timeout=0.05)


def _receive(receiver: Connection, arrived: "Queue[Batch | Exception | None]") -> None:
    """Unpack the next batch while the database works on the one before."""
    message: Batch | Exception | None
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
            for batch in _here(plan, skip):
                batch.pack()
                sender.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
            sender.send_bytes(pickle.dumps(None))
        except Refused as problem:
            sender.send_bytes(pickle.dumps(Refused(str(problem))))
