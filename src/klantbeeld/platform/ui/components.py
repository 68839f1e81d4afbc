"""The small parts of every page, as functions that return ready HTML.

Lists call them hundreds of times per page, so they escape by hand and fill f-strings: `format_html` costs ten times as
much. Everything that comes from outside passes `escape`; names of tones, sizes and channels come from the code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape as escaped_text
from zlib import crc32

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.text import initials
from klantbeeld.platform.ui.icons import check_icon, sprite_url

Text = str | Promise

TONES_OF_AVATARS = 8
CHANNEL_TONES = ("mail", "call", "order", "ticket", "chat", "post", "visit", "note")
TONES = frozenset(
    [*CHANNEL_TONES, "ok", "steady", "warn", "bad", "info", "mute"]
    + [f"a{place}" for place in range(1, TONES_OF_AVATARS + 1)]
)
# Words that say what kind of organisation it is, not which one.
KINDS = frozenset(
    ["stichting", "vereniging", "familie", "fam.", "firma", "bv", "b.v.", "nv", "n.v.", "vof", "v.o.f.", "ltd", "gmbh"]
)


@dataclass(frozen=True, slots=True)
class Channel:
    """How a channel looks everywhere: its tone, its icon, its name."""

    tone: str
    icon: str
    label: Text


CHANNELS = {
    "mail": Channel("mail", "mail", _("Mail")),
    "call": Channel("call", "phone", _("Phone")),
    "order": Channel("order", "shopping-bag", _("Order")),
    "ticket": Channel("ticket", "ticket", _("Ticket")),
    "chat": Channel("chat", "message-circle", _("Chat")),
    "post": Channel("post", "world", _("Social post")),
    "visit": Channel("visit", "world", _("Visit")),
    "note": Channel("note", "note", _("Note")),
    "meeting": Channel("call", "users", _("Meeting")),
    "task": Channel("mute", "checklist", _("Task")),
}


def escape(text: object) -> str:
    """Text with what HTML would read as markup written out. Django's own looks for lazy text first, at five times the
    time, and this is called a thousand times for a list."""
    return escaped_text(str(text))


@lru_cache(maxsize=1024)
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. Size is "" (16 px), "s" (14 px) or "l" (20 px).

    Without a label it is decoration and hidden from screen readers. Raises UnknownIcon.
    """
    classes = f"i {size}" if size else "i"
    hidden = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return SafeString(f'<svg class="{classes}" {hidden}><use href="{sprite_url()}#{check_icon(name)}"/></svg>')


def tone_of(seed: object) -> str:
    """The tone of an avatar: always the same one for the same seed (an id), spread evenly over "a1" to "a8"."""
    return f"a{crc32(str(seed).encode()) % TONES_OF_AVATARS + 1}"


@lru_cache(maxsize=4096)
def letters(name: str) -> str:
    """One or two letters for a name: "Stichting Zonnehof" is Z, since every foundation is a Stichting; "?" for none."""
    telling = [word for word in name.split() if word.casefold() not in KINDS]
    return initials(" ".join(telling)) or initials(name) or "?"


def avatar(name: str, seed: object, kind: str = "person", size: str = "", live: bool = False) -> SafeString:
    """Initials in a circle (a person) or a square (an organisation or a household), coloured by the seed.

    Size is "" (24 px), "xs" (18), "m" (32) or "l" (56). `live` adds the dot of somebody who is here now. It is always
    decoration: the name stands beside it.
    """
    square = "" if kind == "person" else " sq"
    classes = f"avatar{square} {size}" if size else f"avatar{square}"
    dot = " data-live" if live else ""
    return SafeString(
        f'<span class="{classes}" data-tone="{tone_of(seed)}"{dot} aria-hidden="true">{escape(letters(name))}</span>'
    )


def who(name: str, seed: object, kind: str = "person", size: str = "", url: str = "", note: str = "") -> SafeString:
    """An avatar with the name beside it, as a link when there is an address; `note` is small behind the name."""
    inside = f"{avatar(name, seed, kind, size)}<span>{escape(name)}</span>"
    if note:
        inside += f" <small>{escape(note)}</small>"
    if url:
        return SafeString(f'<a class="who" href="{escape(url)}">{inside}</a>')
    return SafeString(f'<span class="who">{inside}</span>')


@lru_cache(maxsize=256)
def mark(channel: str, bare: bool = False, glyph: str = "", label: str = "") -> SafeString:
    """The sign of a channel: the same glyph and hue everywhere. `glyph` replaces the icon (the mark of a network).

    Raises KeyError for an unknown channel.
    """
    look = CHANNELS[channel]
    classes = "mark bare" if bare else "mark"
    return SafeString(f'<span class="{classes}" data-tone="{look.tone}">{icon(glyph or look.icon, "", label)}</span>')


def badge(text: Text, tone: str = "mute", glyph: str = "") -> SafeString:
    """A state in at most three words."""
    return SafeString(
        f'<span class="badge" data-tone="{_tone(tone)}">{icon(glyph) if glyph else ""}{escape(text)}</span>'
    )


def dot(text: Text, tone: str = "mute") -> SafeString:
    """The quiet form of a badge, for tables."""
    return SafeString(f'<span class="dot" data-tone="{_tone(tone)}">{escape(text)}</span>')


def tally(number: Text | int, tone: str, glyph: str, title: Text) -> SafeString:
    """How many of something are open, with its icon: "2" tickets. `title` says it in words."""
    return SafeString(
        f'<span class="count" data-tone="{_tone(tone)}" title="{escape(title)}">{icon(glyph)}{escape(number)}</span>'
    )


@lru_cache(maxsize=64)
def bars(filled: int, tone: str) -> SafeString:
    """Four rising bars of which `filled` are on (0 to 4): a grade that reads without colour."""
    rects = ""
    for place in range(4):
        on = ' class="on"' if place < filled else ""
        x, y, tall = 4.2 * place, 8 - 2.6 * place, 4 + 2.6 * place
        rects += f'<rect{on} x="{x:.1f}" y="{y:.1f}" width="2.8" height="{tall:.1f}" rx="1"/>'
    return SafeString(f'<svg viewBox="0 0 16 12" aria-hidden="true" data-tone="{_tone(tone)}">{rects}</svg>')


def grade(text: Text, filled: int, tone: str, number: Text = "") -> SafeString:
    """Bars, the word for them, and the number they were made from."""
    behind = f' <span class="n">{escape(number)}</span>' if number else ""
    return SafeString(
        f'<span class="health" data-tone="{_tone(tone)}">{bars(filled, tone)}{escape(text)}{behind}</span>'
    )


def ring(text: Text, share_left: float, tone: str) -> SafeString:
    """A clock that runs out: the ring shows which share (0 to 1) of the time is left, the text says how long."""
    left = round(100 * min(max(share_left, 0.0), 1.0))
    return SafeString(
        f'<span class="sla pill" data-tone="{_tone(tone)}"><svg viewBox="0 0 14 14" aria-hidden="true">'
        '<circle cx="7" cy="7" r="5.5"/><circle class="left" cx="7" cy="7" r="5.5" pathLength="100"'
        f' stroke-dasharray="{left} 100"/></svg>{escape(text)}</span>'
    )


def spark(values: Sequence[float], label: Text, width: int = 84, height: int = 20) -> SafeString:
    """A line of values from old to new, in the accent colour when it ends higher than it began.

    Fewer than two values give nothing: there is no line to see.
    """
    if len(values) < 2:
        return SafeString("")
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = (width - 6) / (len(values) - 1)
    points = [(2 + step * i, height - 4 - (height - 8) * (value - low) / span) for i, value in enumerate(values)]
    line = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    end_x, end_y = points[-1]
    rising = " up" if values[-1] > values[0] else ""
    return SafeString(
        f'<svg class="spark{rising}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f'<path class="a" d="{line} L{end_x:.1f} {height} L2 {height} Z"/><path class="l" d="{line}"/>'
        f'<circle cx="{end_x:.1f}" cy="{end_y:.1f}" r="2"/></svg>'
    )


@lru_cache(maxsize=256)
def keys(combination: str) -> SafeString:
    """The keys to press, as caps: "g c" is G and then C."""
    return SafeString("".join(f"<kbd>{escape(key)}</kbd>" for key in combination.split()))


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise ValueError(f'There is no tone "{tone}"')
    return tone
