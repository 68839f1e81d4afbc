"""Typed reading of environment variables, so that a wrong setting stops the start with a sentence."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """An environment variable holds something that can't be used; the message says which and what was expected."""


def text(name: str, default: str = "") -> str:
    """The variable as text, `default` when it is absent."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """The variable as yes or no (`1/true/yes/on`, `0/false/no/off`). Raises BadSetting on anything else."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is {raw!r}; use 1 or 0")


def integer(name: str, default: int) -> int:
    """The variable as a whole number. Raises BadSetting when it isn't one."""
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise BadSetting(f"{name} is {raw!r}; use a whole number") from None


def words(name: str, default: list[str]) -> list[str]:
    """The variable split at commas, blanks dropped."""
    raw = os.environ.get(name)
    return default if raw is None else [part.strip() for part in raw.split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """The variable as a path; it need not exist yet."""
    raw = os.environ.get(name)
    return Path(raw).expanduser() if raw else default


def database(url: str) -> dict[str, object]:
    """A `postgresql://` address as a Django database dictionary (without engine).

    Query parameters become connection options, except `options`, which is passed on to the server as it is.
    Raises BadSetting when the address isn't one of PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"DATABASE_URL starts with {parts.scheme!r}; it must be a postgresql:// address")
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    options = {key: unquote(value) for key, value in query.items()}
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }
