"""The translations of the product: what is asked for in code and templates, and what the catalogues hold."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Klantbeeld\n"
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""
Key = tuple[str | None, str]


@dataclass(frozen=True)
class Asked:
    """A text that is shown somewhere: its key, its plural and the first place that asks for it."""

    key: Key
    plural: str
    path: Path
    line: int


def asked_for() -> dict[Key, Asked]:
    """Every text of the product that wants translating, by context and text."""
    found: dict[Key, Asked] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            for asked in _of_python(path, path.read_bytes()):
                found.setdefault(asked.key, asked)
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            for asked in _of_python(path, _as_python(path).encode()):
                found.setdefault(asked.key, asked)
    return found


def catalogue_paths(language: str) -> list[Path]:
    """The catalogues of all packages for a language."""
    return sorted(SOURCE.rglob(f"locale/{language}/LC_MESSAGES/django.po"))


def translated(language: str) -> set[Key]:
    """The texts that have a complete, checked translation."""
    keys: set[Key] = set()
    for path in catalogue_paths(language):
        with path.open("rb") as file:
            keys.update(_complete(read_po(file, locale=language)))
    return keys


def missing(language: str) -> list[Asked]:
    """The texts that have no translation, in the order of their places."""
    known = translated(language)
    absent = [asked for key, asked in asked_for().items() if key not in known]
    return sorted(absent, key=lambda asked: (asked.path, asked.line))


def add_missing(language: str) -> int:
    """Put the missing texts, still without translation, into the catalogues of their packages; how many there were."""
    absent = missing(language)
    by_catalogue: dict[Path, list[Asked]] = {}
    for asked in absent:
        by_catalogue.setdefault(_catalogue_of(asked.path, language), []).append(asked)
    for path, texts in by_catalogue.items():
        catalogue = _read(path, language)
        for asked in texts:
            context, text = asked.key
            catalogue.add((text, asked.plural) if asked.plural else text, context=context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(catalogue, language))
    return len(absent)


def _as_python(template: Path) -> str:
    # What isn't asked for becomes names; the template's indentation means nothing in Python and may not even be valid.
    lines = templatize(template.read_text(), origin=str(template)).splitlines()
    return "\n".join(line.lstrip() for line in lines)


def _of_python(path: Path, source: bytes) -> Iterator[Asked]:
    for line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        text, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        if text:
            yield Asked((context, str(text)), str(plural), path.relative_to(SOURCE), line)


def _complete(catalogue: Catalog) -> Iterator[Key]:
    for message in catalogue:
        text = message.id[0] if isinstance(message.id, tuple | list) else message.id
        parts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if text and not message.fuzzy and all(parts):
            yield message.context, str(text)


def _catalogue_of(path: Path, language: str) -> Path:
    for folder in path.parents:
        if (SOURCE / folder / "apps.py").exists() or (SOURCE / folder / "locale").exists():
            return SOURCE / folder / "locale" / language / "LC_MESSAGES" / "django.po"
    return SOURCE / "site" / "locale" / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _written(catalogue: Catalog, language: str) -> bytes:
    # Babel's own header asks for names of people and dates, which only make changes clash.
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, omit_header=True, sort_output=True)
    return HEADER.format(language=language, plurals=catalogue.plural_forms).encode() + buffer.getvalue()
