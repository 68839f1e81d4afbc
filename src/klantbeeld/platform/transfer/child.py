"""The entry of the process that drafts ahead. It imports nothing of ours before Django is set up."""

import os
import pickle
from multiprocessing.connection import Connection


def draft(sender: Connection, packed: bytes) -> None:
    """Send each batch of a packed (plan, rows to skip), then None; instead of the rest, why the file can't be read."""
    import django

    django.setup()

    from klantbeeld.platform.transfer.ahead import send_all

    # The database and the pages go first.
    os.nice(2)
    plan, skip = pickle.loads(packed)  # noqa: S301 - from our own parent
    send_all(sender, plan, skip)
