"""`worker`: background jobs and the outbox, in one process."""

import asyncio
import logging
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from klantbeeld.platform.events.dispatch import dispatch_due
from klantbeeld.platform.events.public import CHANNEL
from klantbeeld.platform.webhooks.public import deliver_due

_STALLED_AFTER_SECONDS = 10
_HEARTBEAT_SECONDS = 3
_WEBHOOK_SECONDS = 1.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs until told to stop. Jobs whose worker died are taken up again at the start and once a minute."""

    help = "Works on background jobs and outgoing events."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        outbox = threading.Thread(target=_outbox, args=(stop,), name="outbox", daemon=True)
        outbox.start()
        webhooks = threading.Thread(target=_webhooks, args=(stop,), name="webhooks", daemon=True)
        webhooks.start()
        try:
            asyncio.run(_work())
        finally:
            stop.set()
            outbox.join(timeout=10)
            webhooks.join(timeout=10)


async def _work() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
        async with worker_app.open_async():
            rescue = asyncio.create_task(_rescue_forever(worker_app))
            try:
                await worker_app.run_worker_async(
                    concurrency=2,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=5,
                    update_heartbeat_interval=_HEARTBEAT_SECONDS,
                )
            finally:
                rescue.cancel()


async def _rescue_forever(worker_app: Any) -> None:
    while True:
        for stalled in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER_SECONDS):
            await worker_app.job_manager.retry_job(stalled)
        await asyncio.sleep(_STALLED_AFTER_SECONDS)


def _outbox(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            close_old_connections()
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            _drain_until(stop)
        except Exception:
            connection.close()
            stop.wait(1.0)


def _webhooks(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            while deliver_due() and not stop.is_set():
                pass
            stop.wait(_WEBHOOK_SECONDS)
        except Exception:
            log.exception("Webhooks could not be sent; trying again in a moment")
            connection.close()
            stop.wait(_WEBHOOK_SECONDS)


def _drain_until(stop: threading.Event) -> None:
    while not stop.is_set():
        while dispatch_due():
            pass
        # Wake on the next NOTIFY, or after a moment for events that were postponed.
        for _ in connection.connection.notifies(timeout=2.0, stop_after=1):
            break
