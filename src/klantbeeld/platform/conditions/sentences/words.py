"""A sentence in words: what is quoted, what stands in brackets, and where each word begins and ends."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Each alternative takes what it begins with up to its end or the end of the text, so that reading stays linear.
_PIECE = re.compile(
    r'"(?P<straight>(?:[^"]|"")*+)(?P<a>"|\Z)'
    r"|[“„](?P<curly>[^”“]*)(?P<b>[”“]|\Z)"
    r"|\[(?P<bracket>(?:[^\]]|\]\])*+)(?P<c>\]|\Z)"
    r"|(?P<mark>[(),])"
    r"|(?P<word>[^\s(),\"“”„\[\]]+)"
    r"|(?P<stray>[”\]])"
)
_PLAIN = re.compile(r"[^\s(),\"“”„\[\]]+(?: [^\s(),\"“”„\[\]]+)*")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")


class Sort(StrEnum):
    """What a piece of a sentence is."""

    WORD = "word"
    QUOTED = "quoted"
    BRACKET = "bracket"
    MARK = "mark"
    UNCLOSED = "unclosed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a quoted text, something in brackets or a mark. `key` is what it is compared by."""

    sort: Sort
    text: str
    key: str
    start: int
    end: int


def alike(text: str) -> str:
    """Return the text as it is compared: capitals, the way accents are written and the number of spaces don't count."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def pieces(sentence: str) -> list[Piece]:
    """Cut a sentence into its pieces, in one pass."""
    return [_piece(found) for found in _PIECE.finditer(sentence)]


def _piece(found: re.Match[str]) -> Piece:
    start, end = found.span()
    if (word := found["word"]) is not None:
        return Piece(Sort.WORD, word, alike(word), start, end)
    if (mark := found["mark"] or found["stray"]) is not None:
        return Piece(Sort.MARK, mark, mark, start, end)
    if "" in (found["a"], found["b"], found["c"]):
        return Piece(Sort.UNCLOSED, found[0], found[0][0], start, end)
    if (bracket := found["bracket"]) is not None:
        name = bracket.replace("]]", "]")
        return Piece(Sort.BRACKET, name, f"[{name}", start, end)
    straight = found["straight"]
    text = found["curly"] if straight is None else straight.replace('""', '"')
    text = _ESCAPE.sub(_character, text)
    return Piece(Sort.QUOTED, text, f'"{alike(text)}', start, end)


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= 0x10FFFF else found[0]


def is_plain(text: str) -> bool:
    """Say whether a text can stand in a sentence as it is: words with one space between them and none of the marks."""
    return _PLAIN.fullmatch(text) is not None and not any(unicodedata.category(sign) in _UNSHOWN for sign in text)


def quoted(text: str) -> str:
    r"""Return a text between quotes, as it is read back; a character that has no shape is written as \u{a}."""
    text = text.replace("\\u{", "\\u{5c}u{").replace('"', '""')
    shown = "".join(f"\\u{{{ord(sign):x}}}" if unicodedata.category(sign) in _UNSHOWN else sign for sign in text)
    return f'"{shown}"'


def bracketed(name: str) -> str:
    """Return a name as it is read back from brackets."""
    return f"[{name.replace(']', ']]')}]"


def keys(words: str) -> tuple[str, ...]:
    """Return the keys of words that are written bare."""
    return tuple(alike(words).split(" "))
