"""Finding records by what somebody typed, within what they may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import phonenumbers
from django.db import connection

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.cells import Reader, value_text
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.search.recognising import recognised
from klantbeeld.platform.search.searchable import fields_of_class, searchable_types
from klantbeeld.platform.search.words import CLASSES, Asked, mark, query, read

# What is looked at more than is asked for: some may turn out not to be this person's to see.
_SPARE = 5
_FEW = 3
_LONGEST_QUERY = 200
_ALTERNATIVES = 5

_CANDIDATES = """
SELECT t.slug, c.record, min(c.rank), max(c.changed)
  FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
       AS t (slug, owners, number, titles, anywhere)
 CROSS JOIN LATERAL klantbeeld_search(
       t.slug, t.owners::uuid[], %s, t.number::tsquery, t.titles::tsquery[], t.anywhere::tsquery[], %s) c
 GROUP BY t.slug, c.record
 ORDER BY 3, 4 DESC, 2
"""


@dataclass(frozen=True)
class Hit:
    """A record that was found. `row` has its title and subtitle as `reading.some` gives them."""

    record_type: RecordType
    id: UUID
    title: str
    subtitle: str
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the index says may be a hit; lower ranks are better."""

    slug: str
    id: UUID
    rank: int


def find(actor: Actor, text: str, limit: int = 20, kinds: Iterable[str] | None = None) -> list[Hit]:
    """At most `limit` records of each type (of those in `kinds`, or all) that match `text`, the best first.

    Every word must occur as the beginning of a word. First come records that are recognised by exactly this, then those
    with this number or title, those whose title begins with it, those with all words in the title, and the others;
    among equals those changed last. Of very many, those may be all that is looked at in which a word is whole.
    When few are found, words that look alike count, too. What the actor may not see is neither found nor searched in.
    """
    asked = read(_folded(text), _calling_code(actor))
    types = [each for each in _types(actor) if kinds is None or each.slug in set(kinds)]
    if not asked or not types:
        return []
    known = _recognised(actor, types, text)
    found = verified(actor, _without_repeats([*known, *_candidates(actor, types, asked, limit + _SPARE)]), limit)
    if len(found) < _FEW:
        alike = _alike(asked)
        if alike is not None:
            there = {(hit.record_type.slug, hit.id) for hit in found}
            more = [
                each for each in _candidates(actor, types, alike, limit + _SPARE) if (each.slug, each.id) not in there
            ]
            found += verified(actor, more, limit)
    return found


def verified(actor: Actor, candidates: Sequence[Candidate], limit: int) -> list[Hit]:
    """The candidates that the actor may really see, read through the gates: at most `limit` of each type, in order."""
    wanted: dict[str, list[UUID]] = {}
    for each in candidates:
        ids = wanted.setdefault(each.slug, [])
        if len(ids) < limit + _SPARE:
            ids.append(each.id)
    hits: dict[tuple[str, UUID], Hit] = {}
    for record_type in searchable_types():
        if record_type.slug in wanted:
            read_again = hits_of(actor, record_type, wanted[record_type.slug])
            hits |= {(record_type.slug, hit.id): hit for hit in read_again[:limit]}
    return [hits[each.slug, each.id] for each in candidates if (each.slug, each.id) in hits]


def hits_of(actor: Actor, record_type: RecordType, ids: Sequence[UUID]) -> list[Hit]:
    """The records of one type with these ids that the actor may see, in the order of the ids. One query."""
    readable = record_type.readable(actor)
    if record_type.title not in readable or not ids:
        return []
    names = [name for name in (record_type.title, record_type.subtitle, record_type.avatar) if name in readable]
    fields = {str(name): readable[str(name)] for name in names}
    reader = Reader(actor)
    texts = {name: value_text(field, reader) for name, field in fields.items()}
    rows = reading.some(actor, record_type, ids, fields)
    made = {}
    for row in rows:
        subtitle = texts[record_type.subtitle](row) if record_type.subtitle in texts else ""
        made[row["id"]] = Hit(record_type, row["id"], texts[record_type.title](row), subtitle, row)
    return [made[record_id] for record_id in ids if record_id in made]


def _recognised(actor: Actor, types: Sequence[RecordType], text: str) -> list[Candidate]:
    line = clean_line(text[:_LONGEST_QUERY])
    return [Candidate(slug, key, 0) for slug, key in recognised(actor, [each.slug for each in types], line)]


def _without_repeats(candidates: Iterable[Candidate]) -> list[Candidate]:
    return list({(each.slug, each.id): each for each in reversed(list(candidates))}.values())[::-1]


def _types(actor: Actor) -> list[RecordType]:
    return [
        each
        for each in searchable_types()
        if gates.may(actor, "read", each) and gates.readable(actor, each, each.title)
    ]


def _folded(text: str) -> str:
    """The text folded just as the index is: beyond ASCII, only the database knows how."""
    line = clean_line(text[:_LONGEST_QUERY])
    if line.isascii():
        return line.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(unaccent(%s))", [line])
        folded: str = cursor.fetchone()[0]
    return folded


def _calling_code(actor: Actor) -> str:
    code = phonenumbers.country_code_for_region(actor.tenant.country)
    return str(code) if code else ""


def _candidates(actor: Actor, types: Sequence[RecordType], asked: Asked, wanted: int) -> list[Candidate]:
    lines = [line for each in types if (line := _line(actor, each, asked)) is not None]
    if not lines:
        return []
    columns = [list(column) for column in zip(*lines, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [*columns, asked.begins, wanted])
        return [Candidate(slug, record, rank) for slug, record, rank, _changed in cursor.fetchall()]


def _line(actor: Actor, record_type: RecordType, asked: Asked) -> tuple[str | None, ...] | None:
    owners = gates.owners_reached(actor, "read", record_type)
    if owners is not None and not owners:
        return None
    prefix = mark(actor.tenant.id, record_type.slug)
    classes = [letter for letter in CLASSES if _may_look(actor, record_type, letter)]
    titles = _array(query(prefix, "A", word) for word in asked.words)
    anywhere = _array(query(prefix, classes, word) for word in asked.words)
    return (
        record_type.slug,
        None if owners is None else "{" + ",".join(str(each) for each in owners) + "}",
        query(prefix, classes, asked.number, whole=True) if asked.number else None,
        titles,
        anywhere if anywhere != titles else None,
    )


def _array(queries: Iterable[str]) -> str:
    # Neither quotes nor backslashes are in it but those of the queries themselves.
    return "{" + ",".join(f'"{each}"' for each in queries) + "}"


def _may_look(actor: Actor, record_type: RecordType, letter: str) -> bool:
    names = fields_of_class(record_type, letter)
    return bool(names) and all(gates.readable(actor, record_type, name.split("__")[0]) for name in names)


def _alike(asked: Asked) -> Asked | None:
    """What was asked for, with the words of titles that look like its words; None when there are none."""
    given = [word[0] for word in asked.words if len(word[0]) > 2 and not any(sign.isdigit() for sign in word[0])]
    if not given:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM klantbeeld_search_similar(%s, %s)", [given, _ALTERNATIVES])
        alike: dict[str, list[str]] = {}
        for word, similar in cursor.fetchall():
            alike.setdefault(word, []).append(similar)
    if not alike:
        return None
    words = tuple(tuple(dict.fromkeys([*word, *alike.get(word[0], ())])) for word in asked.words)
    return Asked(words)
