"""Text as it should be kept, and as it should be compared."""

import re
import unicodedata

_SURROGATES = range(0xD800, 0xE000)
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
# Overrides and embeddings let a name show as another; zero-width spaces let two equal names differ.
# The zero-width joiners stay: Persian and emoji need them.
_INVISIBLE = [0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_DROPPED = dict.fromkeys([*_CONTROLS, *_INVISIBLE])
_UNSAFE = re.compile(
    "[" + "".join(re.escape(chr(code)) for code in _DROPPED) + f"{chr(_SURROGATES[0])}-{chr(_SURROGATES[-1])}]"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS_AT_END = re.compile(r"[^\S\n]+$", re.MULTILINE)

# Marks of Latin, Greek and Cyrillic only: what looks like a mark in Devanagari or Thai is a vowel.
_MARKS = [*range(0x300, 0x370), *range(0x1AB0, 0x1B00), *range(0x1DC0, 0x1E00), *range(0xFE20, 0xFE30)]
_FOLDED = str.maketrans(
    {
        **dict.fromkeys(map(chr, _MARKS), ""),
        **dict.fromkeys("\u00ad\u200c\u200d\u200e\u200f", ""),
        **dict(zip("øłđðħıŋŧ", "olddhint", strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict.fromkeys("‘’ʼʹ´`′", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("“”„″", '"'),
    }
)


def clean_line(text: str) -> str:
    """One line as it should be kept: NFC, no control or bidi override characters, single spaces, none at the ends."""
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", _UNSAFE.sub("", text))
    return " ".join(text.split())


def clean_text(text: str) -> str:
    """Several lines as they should be kept: like `clean_line`, but newlines, tabs and inner spaces stay.

    Every kind of line end becomes a newline; blank lines at the ends and spaces at the end of a line go.
    """
    text = _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))
    return _BLANKS_AT_END.sub("", unicodedata.normalize("NFC", text)).strip("\n")


def fold(text: str) -> str:
    """Text as it is compared, sorted and searched: without case, accents and typographical niceties.

    For the letters of Europe's languages the same as `lower(unaccent(text))` with collapsed spaces in PostgreSQL, so
    that a stored fold and one computed in SQL meet; signs such as "©" and "½" differ. Folding twice changes nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _UNSAFE.sub("", text)).casefold().translate(_FOLDED)
        # Folding case may bring back a sign that still decomposes; recomposing keeps Hangul and kana whole.
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).translate(_FOLDED))
    elif not text.isprintable():
        text = _UNSAFE.sub("", text)
    return " ".join(text.lower().split())


def initials(name: str) -> str:
    """One or two capitals for an avatar: those of the first and last word that isn't a particle in small letters.

    "Marieke van der Velden" gives "MV", "Zonnebloem" gives "Z"; a name without any letter or digit gives "".
    """
    words = [start for word in name.split() if (start := _first_sign(word))]
    significant = [start for start in words if not start.islower()] or words
    if not significant:
        return ""
    letters = significant[0] if len(significant) == 1 else significant[0] + significant[-1]
    return unicodedata.normalize("NFC", letters).upper()


def _first_sign(word: str) -> str:
    """The first letter or digit of a word; "" after an apostrophe, so that "'t" is passed over."""
    if word[0] in "'’‘":
        return ""
    return next((sign for sign in word if sign.isalnum()), "")
