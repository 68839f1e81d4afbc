"""The environment variables that Django processes of one installation get."""

import os
import socket
from pathlib import Path

from klantbeeld.site.cli.checkout import SOURCE
from klantbeeld.site.cli.datafolder import DataFolder

SETTINGS = "klantbeeld.config.settings"


def django_environment(data: DataFolder, database_url: str) -> dict[str, str]:
    """The caller's environment, completed with what the settings read. What the caller set is kept."""
    environment = dict(os.environ)
    environment["PYTHONPATH"] = _joined(SOURCE, environment.get("PYTHONPATH"))
    environment["DATABASE_URL"] = database_url
    environment["KLANTBEELD_DATA"] = str(data.path)
    environment.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    environment.setdefault("KLANTBEELD_SECRET_KEY", data.secret_key())
    return environment


def serving_environment(host: str, live_port: int) -> dict[str, str]:
    """The additions for processes that answer on `host`: what the caller set is kept here, too."""
    shown = f"[{shown_host(host)}]" if ":" in shown_host(host) else shown_host(host)
    additions = {
        "KLANTBEELD_LIVE_URL": f"http://{shown}:{live_port}",
        "KLANTBEELD_HOSTS": ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", shown, socket.gethostname()])),
    }
    return {name: os.environ.get(name, value) for name, value in additions.items()}


def shown_host(host: str) -> str:
    """The address to show to people, for an address to listen on."""
    return {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104 - read, not bound


def _joined(first: Path, rest: str | None) -> str:
    parts = (rest or "").split(os.pathsep)
    return os.pathsep.join([str(first), *(part for part in parts if part and part != str(first))])
