"""Batches of a file, drafted in a process of their own while the database merges the one before."""

import multiprocessing
import os
import pickle
from collections.abc import Generator
from contextlib import closing
from itertools import islice
from multiprocessing.connection import Connection

from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records.bulk import Batch, Refusal
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
    process = context.Process(target=_draft, args=(sender, pickle.dumps((plan, skip))), daemon=True)
    process.start()
    sender.close()
    try:
        with closing(receiver):
            while (message := pickle.loads(receiver.recv_bytes())) is not None:  # noqa: S301 - our own process
                if isinstance(message, Exception):
                    raise message
                yield message
    except EOFError:
        raise RuntimeError("The process that reads the file has died.") from None
    finally:
        process.terminate()
        process.join()


def _draft(sender: Connection, packed: bytes) -> None:
    import django
    from django.utils import translation

    os.nice(1)
    django.setup()
    plan, skip = pickle.loads(packed)  # noqa: S301 - from our own parent
    with translation.override(plan.language):
        try:
            for batch in _here(plan, skip):
                sender.send_bytes(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
            sender.send_bytes(pickle.dumps(None))
        except BrokenPipeError:
            return
        except Refused as problem:
            sender.send_bytes(pickle.dumps(Refused(str(problem))))
