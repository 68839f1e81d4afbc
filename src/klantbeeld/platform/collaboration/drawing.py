"""A comment's text as HTML: links, line breaks and mentions, everything else as it was typed."""

from collections.abc import Iterable

from django.utils.html import escape, urlize
from django.utils.safestring import SafeString

from klantbeeld.platform.collaboration.mentions import pattern_of


def drawn(text: str, names: Iterable[str], own_name: str = "") -> SafeString:
    """Safe HTML for a text that addresses `names`; `own_name` is the one of them by which the reader is addressed."""
    pattern = pattern_of(names)
    if pattern is None:
        return SafeString(_plain(text))
    parts, at = [], 0
    for found in pattern.finditer(text):
        own = " data-you" if found.group(1).casefold() == own_name.casefold() else ""
        parts += [_plain(text[at : found.start()]), f'<b class="mention"{own}>{escape(found.group())}</b>']
        at = found.end()
    return SafeString("".join([*parts, _plain(text[at:])]))


def _plain(text: str) -> str:
    # Line breaks are the style sheet's: white-space is kept.
    return urlize(text, nofollow=True, autoescape=True)
