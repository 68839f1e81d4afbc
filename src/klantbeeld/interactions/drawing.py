"""An entry of the timeline as HTML. A page has thirty of them, so they are drawn by hand, like the cells of a list.

Everything from outside passes `escape`; sentences and marks come as safe HTML from where they are made.
"""

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klantbeeld.interactions.sources import Thing
from klantbeeld.platform.ui import components


@dataclass(frozen=True, slots=True)
class Entry:
    """What is drawn of one entry. `subject` stands beside the sentence, `line` is our summary, `said` the text.

    `long` says that the text is more than is shown at first, `rest_url` where all of it is when it isn't here.
    """

    id: str
    mark: SafeString
    sentence: SafeString
    time: str
    full_time: str
    iso: str
    subject: str = ""
    line: str = ""
    said: str = ""
    long: bool = False
    rest_url: str = ""
    length: str = ""
    memo: bool = False
    thing: Thing = field(default_factory=Thing)


@dataclass(frozen=True, slots=True)
class Words:
    """The words around entries, looked up once per page."""

    more: str
    less: str
    whole: str
    internal: str

    @classmethod
    def now(cls) -> "Words":
        """In the active language."""
        return cls(
            escape(_("More")), escape(_("Less")), escape(_("The whole text")), escape(_("Only colleagues see this"))
        )


def entry_html(entry: Entry, words: Words) -> str:
    """One entry as an item of a list."""
    note = ' class="entry note" data-tone="note"' if entry.memo else ' class="entry"'
    body = _body(entry, words)
    body = f'<div class="body">{body}</div>' if body else ""
    return (
        f"<li{note}>{entry.mark}<header><span>{entry.sentence}</span>{_beside(entry, words)}</header>"
        f'<time datetime="{entry.iso}" title="{entry.full_time}">{entry.time}</time>'
        f"{body}</li>"
    )


def _beside(entry: Entry, words: Words) -> str:
    thing, parts = entry.thing, []
    if thing.reference:
        parts.append(_linked(thing))
    elif entry.subject:
        parts.append(f'<span class="subject">{escape(entry.subject)}</span>')
    if entry.length:
        parts.append(f'<span class="muted">{entry.length}</span>')
    if thing.state and not thing.title:
        parts.append(components.badge(thing.state, thing.tone, thing.glyph))
    if entry.memo:
        parts.append(f'<span class="muted" title="{words.internal}">{components.icon("lock", "s")}</span>')
    return "".join(parts)


def _linked(thing: Thing) -> str:
    if not thing.url:
        return f"<span>{escape(thing.reference)}</span>"
    return f'<a class="link" href="{escape(thing.url)}">{escape(thing.reference)}</a>'


def _body(entry: Entry, words: Words) -> str:
    body = _card(entry.thing) if entry.thing.title else ""
    if entry.line:
        body += f"<span>{escape(entry.line)}</span>"
    if entry.said:
        name = f"said-{entry.id}"
        body += f'<p class="quote" id="{name}">{escape(entry.said)}</p>'
        if entry.long:
            whole = f'<a class="link" href="{entry.rest_url}">{words.whole}</a>' if entry.rest_url else ""
            body += (
                f'<div class="act"><button type="button" class="link" data-more aria-expanded="false"'
                f' aria-controls="{name}" data-less="{words.less}">{words.more}</button>{whole}</div>'
            )
    return body


def _card(thing: Thing) -> str:
    amount = f"<span>{escape(thing.amount)}</span>" if thing.amount else ""
    state = components.badge(thing.state, thing.tone, thing.glyph) if thing.state else ""
    return (
        f'<a class="obj" href="{escape(thing.url)}"><b>{escape(thing.title)}</b>'
        f'<span class="push"></span>{amount}{state}</a>'
    )
