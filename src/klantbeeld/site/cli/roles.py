"""The three kinds of work an installation does: pages, live streams and background jobs."""

import importlib
import signal
from collections.abc import Callable
from typing import Any

from klantbeeld.platform.embedded.public import die_with_parent
from klantbeeld.site.cli.orders import Serving

_ENTRIES = {
    "WSGI_APPLICATION": "klantbeeld.config.wsgi.application",
    "ASGI_APPLICATION": "klantbeeld.config.live.application",
}
_THREADS = 4
_SECONDS_TO_FINISH = 8


def preload() -> None:
    """Import the whole application, so that every process forked from here on shares it."""
    import django

    django.setup()
    from django.db import connections
    from django.template import engines
    from django.urls import get_resolver

    importlib.import_module("granian.server")
    engines.all()
    if get_resolver().url_patterns:
        connections.close_all()


def entry(setting: str) -> Callable[..., Any]:
    """The server's entry that `setting` names, loaded. Static files must have been collected before."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    loaded: Callable[..., Any] = import_string(getattr(settings, setting, _ENTRIES[setting]))
    return loaded


def serve_pages(serving: Serving, application: Callable[..., Any]) -> None:
    """Answer page and API requests (WSGI)."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "pages",  # a name for the log: the application itself is handed over below
        address=serving.host,
        port=serving.port,
        interface=Interfaces.WSGI,
        workers=serving.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    ).serve(target_loader=_loader(application), wrap_loader=False)


def serve_live(serving: Serving, application: Callable[..., Any]) -> None:
    """Answer long-lived requests (ASGI), in one process."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "live",
        address=serving.host,
        port=serving.live_port,
        interface=Interfaces.ASGINL,
        workers=1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_SECONDS_TO_FINISH,
    ).serve(target_loader=_loader(application), wrap_loader=False)


def work_through_jobs() -> None:
    """Do background jobs."""
    from django.core.management import call_command

    call_command("worker")


def _loader(application: Callable[..., Any]) -> Callable[[], Callable[..., Any]]:
    def load() -> Callable[..., Any]:
        # Called in each server process: it must not go on answering when the process that manages it is gone.
        die_with_parent(signal.SIGKILL)
        return application

    return load
