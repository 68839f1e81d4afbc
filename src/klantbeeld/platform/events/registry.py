"""Who listens to what: a closed registry that refuses duplicates."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klantbeeld.platform.events.models import Outbox

Handler = Callable[[Mapping[str, Any]], None]
HandlerOfAll = Callable[[str, Mapping[str, Any]], None]
Follower = Callable[[Sequence["Outbox"]], None]
_followers: dict[str, Follower] = {}
_handlers: dict[str, dict[str, Handler]] = {}
_of_all: dict[str, dict[str, HandlerOfAll]] = {}


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


def handles_all(verb: str, name: str) -> Callable[[HandlerOfAll], HandlerOfAll]:
    """`handles` for what happens to things of any kind: "changed" hears "customers.changed", "orders.changed" and all
    others, and gets the part before the dot first. Raises ValueError when the name is taken."""

    def register(handler: HandlerOfAll) -> HandlerOfAll:
        listening = _of_all.setdefault(verb, {})
        if name in listening:
            raise ValueError(f"Events that end in {verb!r} have a handler {name!r} already.")
        listening[name] = handler
        return handler

    return register


def handlers_of(event: str) -> Mapping[str, Handler]:
    """The handlers of an event by name; none is fine."""
    what, _dot, verb = event.rpartition(".")
    of_all = {name: partial(handler, what) for name, handler in _of_all.get(verb, {}).items()} if what else {}
    return {**of_all, **_handlers.get(event, {})}


def follow_all(name: str, follower: Follower) -> None:
    """Have `follower(events)` called with all events of an organisation that were handled together, of whatever name.

    It runs in the tenant's scope and in the transaction that takes the events from the outbox: its database effects
    happen once. When it raises, the events are tried again later. Raises ValueError when the name is taken.
    """
    if name in _followers:
        raise ValueError(f"There is a follower {name!r} of all events already.")
    _followers[name] = follower


def followers() -> Mapping[str, Follower]:
    """Those who follow all events, by name."""
    return _followers
