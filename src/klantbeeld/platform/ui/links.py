"""The links of the menu as HTML: drawn on every page, so by hand like the other parts."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString

from klantbeeld.platform.ui.components import icon
from klantbeeld.platform.ui.menu import Entry


def side_links(entries: Iterable[Entry], pinned: bool = False) -> SafeString:
    """Links in the side, with the keys that go there and the number that waits there."""
    classes = "nav pin" if pinned else "nav"
    return SafeString("".join(_side_link(entry, classes) for entry in entries))


def dock_links(entries: Iterable[Entry]) -> SafeString:
    """Links at the foot of a phone's screen."""
    return SafeString(
        "".join(
            f'<a href="{escape(entry.url)}"{_current(entry)}>{icon(entry.icon, "l")}'
            f"{escape(entry.label)}{_count(entry)}</a>"
            for entry in entries
        )
    )


def _side_link(entry: Entry, classes: str) -> str:
    label = escape(entry.label)
    keys = f' data-key="{escape(entry.keys)}"' if entry.keys else ""
    return (
        f'<a class="{classes}" href="{escape(entry.url)}" title="{label}"{_current(entry)}{keys}>{icon(entry.icon)}'
        f'<span class="t clip">{label}</span>{_count(entry)}</a>'
    )


def _current(entry: Entry) -> str:
    return ' aria-current="page"' if entry.current else ""


def _count(entry: Entry) -> str:
    if entry.count_url:
        # The pages themselves don't count: the browser asks once, and again when it hears of a change.
        url, event = escape(entry.count_url), escape(entry.count_on)
        return (
            f'<span class="counting" hx-get="{url}" hx-trigger="load, {event}:changed from:body" hx-swap="innerHTML"'
            f' data-live-on="{event}" data-live-src="{url}" data-live-swap="innerHTML"></span>'
        )
    return f'<span class="n">{escape(entry.count)}</span>' if entry.count else ""
