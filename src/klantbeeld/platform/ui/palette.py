"""What the palette shows: groups of hits, drawn by `ui/palette_hits.html`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString

Text = str | Promise
TINY = 1  # letters: marking every "a" helps nobody


@dataclass(frozen=True, slots=True)
class Hit:
    """One line. `sign` is ready HTML (an avatar, a mark, an icon); `preview` the address of a fragment that shows more.

    A hit without a url is a command that a script carries out; `attributes` are its data attributes
    ({"set-theme": "dark"}).
    """

    title: Text
    url: str = ""
    sign: SafeString = field(default_factory=SafeString)
    note: Text = ""
    preview: str = ""
    keys: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Hits under one heading."""

    label: Text
    hits: Sequence[Hit]


def highlight(text: Text, query: str) -> SafeString:
    """The text, escaped, with the words of the query marked where one of its own words starts with them."""
    words = [re.escape(word) for word in query.split() if len(word) > TINY]
    if not words:
        return SafeString(escape(text))
    # Split by a pattern with one group: every second piece is what it found.
    pieces = re.split(rf"(?<!\w)({'|'.join(sorted(words, key=len, reverse=True))})", str(text), flags=re.IGNORECASE)
    return SafeString(
        "".join(f"<mark>{escape(piece)}</mark>" if place % 2 else escape(piece) for place, piece in enumerate(pieces))
    )


def answer(request: HttpRequest, groups: Sequence[Group]) -> HttpResponse:
    """The response to the palette's question `?q=`. Empty groups are left out."""
    query = request.GET.get("q", "")
    found = [group for group in groups if group.hits]
    return render(request, "ui/palette_hits.html", {"groups": found, "query": query})
