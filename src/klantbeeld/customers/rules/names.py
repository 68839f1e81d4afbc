"""Names of people as the Low Countries write, order and shorten them."""

import re
from typing import NamedTuple

from klantbeeld.platform.kernel.text import clean_line, fold

from .name_words import GIVEN_NAMES_TOO, PREFIXES, SHORTENED, SPACED_TITLES, SUFFIXES, TITLES, TITLES_WITH_DOT

# "J.P.", "Th.", "IJ.", "Chr.A." and a bare "J"; never a whole word.
_INITIALS = re.compile(r"(?:[^\W\d_][^\W\d_A-Z]{0,2}\.|IJ\.)+(?:-(?:[^\W\d_]\.)+)?|[A-ZÀ-Þ]|IJ")
_BARE_INITIALS = re.compile(r"[A-Z]{2,3}")
_ELIDED = re.compile(r"([dlDL]['’])(\w.*)")
_CALLED = re.compile(r"\(([^()]*)\)")
_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_TITLE_PARTS = re.compile(r"[^./-]+")
_UNSORTED = str.maketrans("-", " ", "'.\"()")


class PersonName(NamedTuple):
    """A person's name in parts; a part that isn't known is empty.

    `prefix` is the tussenvoegsel ("van der"), in small letters unless it was written otherwise after a given name,
    as families in Flanders do. `title` and `suffix` are kept as written.
    """

    given: str = ""
    prefix: str = ""
    family: str = ""
    initials: str = ""
    title: str = ""
    suffix: str = ""


def parse_name(text: str) -> PersonName:
    """The parts of a name written in one line, in either order: "Marieke van der Velden", "Velden, Marieke van der".

    Takes titles, initials, double names and prefixes of several languages. Nothing is lost: what can't be told
    apart is kept whole in `family`. An empty text gives an empty name.
    """
    text = clean_line(text)
    if "-" in text:
        text = _SPACED_HYPHEN.sub("-", text)
    if "," in text:
        return _parse_family_first(text)
    title, words = _cut_titles(text.split())
    words, suffix = _cut_suffixes(words)
    given, prefix, family = _split(words)
    return _with_given(given, prefix, family, title, suffix)


def full(name: PersonName) -> str:
    """The name as people say it: given name (or initials), prefix, family name, suffix; without the title.

    A prefix that comes first gets a capital: "Van der Velden", but "Marieke van der Velden".
    """
    first = name.given or name.initials
    surname = family_with_prefix(name) if not first else _join(name.prefix, name.family)
    return " ".join(filter(None, (first, surname, name.suffix)))


def family_with_prefix(name: PersonName) -> str:
    """The family name standing alone, its prefix with a capital: "Van der Velden", "'t Hart", "D'Ancona"."""
    prefix = name.prefix
    if prefix and prefix[0].islower():
        prefix = prefix[0].upper() + prefix[1:]
    return _join(prefix, name.family)


def sort_key(name: PersonName) -> str:
    """The key that puts names in the order of a Dutch telephone directory.

    By family name without prefix, ij among the y, then given name or initials, then prefix. Between the three stand
    two spaces, so that "Berg, Zita" comes before "Berg Jansen, Anna" when keys are compared by their characters.
    """
    family = " ".join(fold(name.family).translate(_UNSORTED).replace("ij", "y").split())
    return f"{family}  {fold(name.given or name.initials)}  {fold(name.prefix)}".rstrip()


def _parse_family_first(text: str) -> PersonName:
    """ "Velden, Marieke van der", "Velden, van der, Marieke", "Van der Velden, M.", "Marieke de Wit, MSc"."""
    before, *after = (part.strip() for part in text.split(","))
    parts = [part for part in after if part]
    suffixes: list[str] = []
    while parts and all(word in SUFFIXES for word in parts[-1].split()):
        suffixes.insert(0, parts.pop())
    middle = parts[0].split() if len(parts) == 2 else []
    if not before or len(parts) > 2 or not all(map(_is_prefix, middle)):
        return PersonName(family=text)
    if not parts:
        name = parse_name(before)
        return name._replace(suffix=" ".join(filter(None, (name.suffix, *suffixes))))
    title, surname = _cut_titles(before.split())
    own_title, given = _cut_titles(parts[-1].split(), keep=0)
    leading, core, trailing = _prefixes_around(surname)
    kept = len(given)
    while kept and _is_prefix(given[kept - 1]) and (kept > 1 or not _may_be_given(given[0])):
        kept -= 1
    prefix = " ".join(_standing(leading) + trailing + middle + given[kept:])
    title = f"{title} {own_title}".strip()
    return _with_given(given[:kept], prefix, " ".join(core), title, " ".join(suffixes))


def _prefixes_around(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """A family name's prefixes before it, itself (at least one word), and its prefixes written after it."""
    start, end = 0, len(words)
    while start < end - 1 and _is_prefix(words[start]):
        start += 1
    while end > start + 1 and _is_prefix(words[end - 1]):
        end -= 1
    return words[:start], words[start:end], words[end:]


def _cut_titles(words: list[str], keep: int = 1) -> tuple[str, list[str]]:
    """Leading titles, as one text, and the words after them, of which at least `keep` stay."""
    end = 0
    while end < len(words) - keep and (length := _title_length(words, end)):
        end += length
    return " ".join(words[:end]), words[end:]


def _title_length(words: list[str], at: int) -> int:
    """How many words from there on are one title: "dr.", "mr.drs.", "de heer"."""
    word = words[at].lower()
    if word in TITLES:
        return 1
    if "." in word:
        return all(part in TITLES or part in TITLES_WITH_DOT for part in _TITLE_PARTS.findall(word))
    return 2 * (len(words) > at + 2 and (word, words[at + 1].lower()) in SPACED_TITLES)


def _cut_suffixes(words: list[str]) -> tuple[list[str], str]:
    """The words before any trailing degrees and generations (at least two stay), and those as one text."""
    end = len(words)
    while end > 2 and words[end - 1] in SUFFIXES:
        end -= 1
    return words[:end], " ".join(words[end:])


def _split(words: list[str]) -> tuple[list[str], str, str]:
    """Given names, prefix and family name of words in the order in which they are said."""
    last = len(words) - 1
    if last > 0 and _is_prefix(words[0]) and not _may_be_given(words[0]):
        leading, core, trailing = _prefixes_around(words)
        return [], " ".join(_standing(leading)), " ".join(core + trailing)
    if last < 1 or _is_double_with_prefix(words[0]):
        return [], "", " ".join(words)
    for index in range(1, last):
        word = words[index]
        if _is_prefix(word):
            end = index + 1
            while end < last and _is_prefix(words[end]):
                end += 1
            return words[:index], " ".join(words[index:end]), " ".join(words[end:])
        if _is_double_with_prefix(word):
            return words[:index], "", " ".join(words[index:])
    return words[:last], "", words[last]


def _with_given(given: list[str], prefix: str, family: str, title: str, suffix: str) -> PersonName:
    """Puts the parts together, having told initials from given names and an elided prefix from the family name."""
    if ("'" in family or "’" in family) and (elided := _ELIDED.fullmatch(family)):
        start = elided[1] if given or prefix else elided[1].lower()
        prefix, family = _join(prefix, start), elided[2]
    if not given:
        return PersonName("", prefix, family, "", title, suffix)
    first, initials = _cut_initials(given, bare=not family.isupper())
    return PersonName(first, prefix, family, initials, title, suffix)


def _cut_initials(given: list[str], bare: bool) -> tuple[str, str]:
    """The given name that is used, and the initials: "J.P. (Jan)", "J.P. Jan", "J P" and, where `bare`, "JP"."""
    first = " ".join(given)
    if "(" in first and (called := _CALLED.search(first)) and called[1].strip():
        rest = (first[: called.start()] + first[called.end() :]).split()
        if all(map(_INITIALS.fullmatch, rest)):
            return called[1].strip(), _dotted(rest)
    if not _INITIALS.fullmatch(given[0]):
        if bare and _BARE_INITIALS.fullmatch(first):
            return "", _dotted(re.findall("IJ|.", first))
        return first, ""
    count = next((at for at, word in enumerate(given) if not _INITIALS.fullmatch(word)), len(given))
    if count == len(given) or "." in given[0]:
        return " ".join(given[count:]), _dotted(given[:count])
    return first, ""


def _dotted(words: list[str]) -> str:
    return "".join(word if word.endswith(".") else word + "." for word in words)


def _is_prefix(word: str) -> bool:
    return word in PREFIXES or word.lower() in PREFIXES or _is_shortened(word)


def _is_shortened(word: str) -> bool:
    """Whether a word is a prefix such as "v.d.": in small letters, but for the first of several ("V.d. Berg").

    A slash is never between initials, so that "V/D" is one, too.
    """
    if "/" in word or (len(word) > 1 and not word[1:].isupper() and word[1:].strip(".")):
        word = word.lower()
    return word in SHORTENED


def _is_double_with_prefix(word: str) -> bool:
    """Whether a word is the start of a double name such as "Jansen-van der Berg"."""
    return "-" in word and _is_prefix(word.rpartition("-")[2])


def _may_be_given(prefix: str) -> bool:
    return not prefix.islower() and prefix.lower() in GIVEN_NAMES_TOO


def _standing(prefix: list[str]) -> list[str]:
    """The prefix of a name that stands alone, with the capital taken back that only its place gave it."""
    if not prefix or (prefix[0].isupper() and len(prefix[0]) > 1):
        return prefix
    return [prefix[0][0].lower() + prefix[0][1:], *prefix[1:]]


def _join(prefix: str, family: str) -> str:
    if not prefix or not family:
        return prefix or family
    return prefix + family if prefix[-1] in "'’" else f"{prefix} {family}"
