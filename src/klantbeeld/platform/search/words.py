"""From text to words, the same for what is indexed and what is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

CLASSES = "ABCD"
# What parts words. Other signs stay in them: the list is short because the database goes through it for each record.
# Dots and underscores stay, so that a domain is one word.
PUNCTUATION = ",-/@'\"&()+:;\\|#*\t\n"
_SPACED = str.maketrans(PUNCTUATION, " " * len(PUNCTUATION))
_LONGEST_WORD = 60
_MOST_WORDS = 8
_DIALLED = re.compile(r"\+?[\d\s()./-]+", re.ASCII)
_NUMBER_THEN_LETTERS = re.compile(r"(\d{3,})([a-z]{2,})", re.ASCII)
_MARK_LENGTH = 6


@lru_cache(maxsize=4096)
def mark(tenant_id: UUID, slug: str) -> str:
    """What the lexemes of one record type in one organisation start with: six letters and digits.

    Should two marks ever be the same, search still tells them apart by the columns, and only loses some time.
    """
    return sha256(f"{tenant_id} {slug}".encode()).hexdigest()[:_MARK_LENGTH]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, read. `words` hold for each word the spellings that count as it."""

    words: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def begins(self) -> str:
        """The words in a row, as a title that begins with them is stored."""
        return " ".join(word[0] for word in self.words)

    @property
    def number(self) -> tuple[str, ...] | None:
        """The spellings of the one word that was asked for, when it has a digit in it."""
        only = self.words[0] if len(self.words) == 1 else ()
        return only if any(sign.isdigit() for spelling in only for sign in spelling) else None


def read(folded: str, calling_code: str = "") -> Asked:
    """The words of what somebody typed, folded as the index is: at most eight, each of at most sixty signs.

    Anything may be in it. A phone number may be typed with spaces, from home ("06 2841") or from abroad
    ("+31 6 2841"): `calling_code` ("31") is the organisation's country's.
    """
    if _DIALLED.fullmatch(folded) and any(sign.isdigit() for sign in folded):
        return Asked((_as_dialled(folded, calling_code),))
    return Asked(tuple(_spellings(word) for word in folded.translate(_SPACED).split()[:_MOST_WORDS]))


def query(prefix: str, classes: Iterable[str], word: Sequence[str], whole: bool = False) -> str:
    """The tsquery that asks for a word in any of the classes; as the beginning of a word unless `whole`.

    No spelling may hold a quote or a backslash: `read` makes none that does.
    """
    letters = list(classes)
    return " | ".join(_spelt(f"{prefix}{letter}", spelling, whole) for spelling in word for letter in letters)


def _spelt(start: str, spelling: str, whole: bool) -> str:
    *first, last = spelling.split(" ")
    parts = [*(f"'{start}{part}'" for part in first), f"'{start}{last}'" + ("" if whole else ":*")]
    return f"({' & '.join(parts)})" if first else parts[0]


def _spellings(word: str) -> tuple[str, ...]:
    word = word[:_LONGEST_WORD]
    found = _NUMBER_THEN_LETTERS.fullmatch(word)
    # "3512ab" may have been stored as "3512 ab".
    return (word, f"{found[1]} {found[2]}") if found else (word,)


def _as_dialled(text: str, calling_code: str) -> tuple[str, ...]:
    """The spellings of what may be a phone number, or a number of parts such as "2026-0001"."""
    parts = " ".join(text.translate(_SPACED).split())[:_LONGEST_WORD]
    digits = "".join(sign for sign in text if sign.isdigit())[:_LONGEST_WORD]
    spellings = [parts, digits]
    if calling_code:
        national = digits.removeprefix("00") if digits.startswith("00" + calling_code) else digits
        abroad = text.startswith("+") or national != digits
        if abroad and national.startswith(calling_code):
            spellings += [national, "0" + national[len(calling_code) :].removeprefix("0")]
        elif digits.startswith("0") and len(digits) > 1:
            spellings.append(calling_code + digits[1:])
    return tuple(dict.fromkeys(spellings))
