"""Who listens to what: a closed registry that refuses duplicates."""

from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[Mapping[str, Any]], None]
_handlers: dict[str, dict[str, Handler]] = {}


def handles(event: str, name: str) -> Callable[[Handler], Handler]:
    """Register a function as a handler of `event` under a `name` that never changes (it is stored).

    It runs after commit, in the tenant's scope, in one transaction with the mark that it ran: its database effects
    happen once. Raises ValueError when the event has a handler by that name already.
    """

    def register(handler: Handler) -> Handler:
        listening = _handlers.setdefault(event, {})
        if name in listening:
            raise ValueError(f"The event {event!r} has a handler {name!r} already.")
        listening[name] = handler
        return handler

    return register


def handlers_of(event: str) -> Mapping[str, Handler]:
    """The handlers of an event by name; none is fine."""
    return _handlers.get(event, {})
