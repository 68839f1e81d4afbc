"""What can be done from the palette besides opening a record: a closed registry that refuses duplicates."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.text import fold
from klantbeeld.platform.records.addresses import list_url, new_url
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import components
from klantbeeld.platform.ui.icons import check_icon
from klantbeeld.platform.ui.palette import Hit

Text = str | Promise


def _everybody(actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """Something to do: go to `url_name` (which takes no arguments), or let a script do `action`.

    `action` are the data attributes of the button that the script listens to ({"set-theme": "dark"}). `visible`
    decides for whom it is there.
    """

    key: str
    label: Text
    icon: str
    url_name: str = ""
    action: dict[str, str] = field(default_factory=dict)
    visible: Callable[[Actor], bool] = _everybody
    keys: str = ""


_commands: dict[str, Command] = {}


def register(command: Command) -> None:
    """Add a command.

    Raises ValueError when its key is taken or it doesn't do exactly one thing, UnknownIcon for its icon.
    """
    if command.key in _commands:
        raise ValueError(f"There is a command {command.key!r} already.")
    if bool(command.url_name) == bool(command.action):
        raise ValueError(f"The command {command.key!r} must either go somewhere or do something.")
    check_icon(command.icon)
    _commands[command.key] = command


def matching(actor: Actor, text: str, limit: int) -> list[Hit]:
    """The commands this actor may give whose label has all words of `text` as beginnings of words; all for ""."""
    words = fold(text).split()
    found = [hit for hit in _all(actor) if _has(fold(str(hit.title)), words)]
    return found[:limit]


def _has(label: str, words: list[str]) -> bool:
    there = label.split()
    return all(any(each.startswith(word) for each in there) for word in words)


def _all(actor: Actor) -> list[Hit]:
    return [*_new(actor), *_go(actor), *_registered(actor)]


def _new(actor: Actor) -> list[Hit]:
    return [
        Hit(
            title=_("New %(what)s") % {"what": record_type.label},
            url=new_url(record_type.slug),
            sign=components.icon("plus"),
        )
        for record_type in registry
        if record_type.creatable and gates.may(actor, "read", record_type) and gates.may_create(actor, record_type)
    ]


def _go(actor: Actor) -> list[Hit]:
    return [
        Hit(
            title=_("Go to %(what)s") % {"what": record_type.label_plural},
            url=list_url(record_type.slug),
            sign=components.icon(record_type.icon),
        )
        for record_type in registry.readable_by(actor)
    ]


def _registered(actor: Actor) -> list[Hit]:
    return [
        Hit(
            title=capfirst(str(each.label)),
            url=reverse(each.url_name) if each.url_name else "",
            sign=components.icon(each.icon),
            keys=each.keys,
            attributes=dict(each.action),
        )
        for each in _commands.values()
        if each.visible(actor)
    ]
