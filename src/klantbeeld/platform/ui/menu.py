"""What stands in the side and in the dock: registered once, at start-up; drawn per person and page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from klantbeeld.platform.ui.icons import check_icon

Text = str | Promise
Visible = Callable[[Any, str], bool]
TOP, FOOT = "", "foot"
_OWN = " own"  # no key of a group
DOCKED = 3  # beside them stand "find" and "more"


class MenuError(Exception):
    """Something was registered twice, too late, or in a group that isn't there."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place to go: `url_name` with `args`; `record_type` is the slug whose reading right it needs, if any.

    `keys` are the keys that go there ("g c"); `dock` items also stand at the foot of a phone's screen. Where something
    waits, `count_url_name` answers with its number as HTML, fetched anew at the live event `count_on`.
    """

    key: str
    label: Text
    icon: str
    url_name: str
    group: str = TOP
    order: int = 100
    dock: bool = False
    record_type: str | None = None
    keys: str = ""
    args: tuple[str, ...] = ()
    count_url_name: str = ""
    count_on: str = ""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A heading in the side. The groups TOP and FOOT have none and are always there."""

    key: str
    label: Text
    order: int = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A menu item or a pinned view, ready to draw."""

    label: Text
    icon: str
    url: str
    current: bool = False
    dock: bool = False
    keys: str = ""
    count: str = ""
    count_url: str = ""
    count_on: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The menu of one person on one page: groups with a heading or none, the foot, pinned views and the dock."""

    groups: list[tuple[Text, list[Entry]]]
    foot: list[Entry]
    pins: list[Entry]
    dock: list[Entry]


def _nobody(actor: Any, record_type: str) -> bool:
    return False


def _none(actor: Any) -> Iterable[Entry]:
    return ()


@dataclass(slots=True)
class Menu:
    """A closed registry: refuses duplicates, and everything once it was drawn for the first time.

    `visible(actor, record_type)` says whether items of a record type are shown; until it is given, they aren't.
    `pins(actor)` gives the views a person has pinned, `own(actor)` what the organisation added, under `own_label`.
    """

    visible: Visible = _nobody
    pins: Callable[[Any], Iterable[Entry]] = _none
    own: Callable[[Any], Iterable[Entry]] = _none
    own_label: Text = ""
    _items: dict[str, MenuItem] = field(default_factory=dict)
    _groups: dict[str, MenuGroup] = field(default_factory=dict)
    _order: list[tuple[MenuItem, Entry]] | None = None

    def register(self, item: MenuItem) -> None:
        """Add an item. Raises MenuError for a key taken, an unknown group or a menu drawn; UnknownIcon for its icon."""
        self._refuse_late(item.key)
        if item.key in self._items:
            raise MenuError(f'The menu has an item "{item.key}" already')
        if item.group not in (TOP, FOOT, *self._groups):
            raise MenuError(f'The menu item "{item.key}" wants the group "{item.group}", which isn\'t registered')
        if item.keys and any(item.keys == other.keys for other in self._items.values()):
            raise MenuError(f'The keys "{item.keys}" of the menu item "{item.key}" go somewhere else already')
        check_icon(item.icon)
        self._items[item.key] = item

    def register_group(self, group: MenuGroup) -> None:
        """Add a heading, before the items under it. Raises MenuError for a key taken or a menu drawn."""
        self._refuse_late(group.key)
        if group.key in (TOP, FOOT) or group.key in self._groups:
            raise MenuError(f'The menu has a group "{group.key}" already')
        self._groups[group.key] = group

    def draw(self, actor: Any, path: str) -> Drawn:
        """The menu for this person; the entry with the longest address that `path` starts with is the current one."""
        shown: dict[str, list[Entry]] = {}
        for item, entry in self._in_order():
            if item.record_type is None or self.visible(actor, item.record_type):
                shown.setdefault(item.group, []).append(entry)
        own = list(self.own(actor))
        if own:
            shown[_OWN] = own
        _mark_current(shown, path)
        headings: list[tuple[str, Text]] = [(TOP, "")]
        headings += [(group.key, group.label) for group in sorted(self._groups.values(), key=lambda group: group.order)]
        headings.append((_OWN, self.own_label))
        return Drawn(
            groups=[(label, shown[key]) for key, label in headings if key in shown],
            foot=shown.get(FOOT, []),
            pins=list(self.pins(actor)),
            dock=[entry for entries in shown.values() for entry in entries if entry.dock][:DOCKED],
        )

    def _in_order(self) -> list[tuple[MenuItem, Entry]]:
        if self._order is None:
            self._order = [(item, _entry(item)) for item in sorted(self._items.values(), key=lambda item: item.order)]
        return self._order

    def _refuse_late(self, key: str) -> None:
        if self._order is not None:
            raise MenuError(f'"{key}" comes too late: the menu is registered at start-up')


def _entry(item: MenuItem) -> Entry:
    return Entry(
        item.label,
        item.icon,
        reverse(item.url_name, args=item.args),
        dock=item.dock,
        keys=item.keys,
        count_url=reverse(item.count_url_name) if item.count_url_name else "",
        count_on=item.count_on,
    )


def _mark_current(shown: dict[str, list[Entry]], path: str) -> None:
    under = [
        (len(entry.url), entries, place)
        for entries in shown.values()
        for place, entry in enumerate(entries)
        if entry.url == path or (entry.url != "/" and path.startswith(entry.url))
    ]
    if under:
        _, entries, place = max(under, key=lambda found: found[0])
        entries[place] = replace(entries[place], current=True)


menu = Menu()
register = menu.register
register_group = menu.register_group


def menu_for(actor: Any, request: HttpRequest) -> Drawn:
    """The menu of the installation, for this person on this page."""
    return menu.draw(actor, request.path)
