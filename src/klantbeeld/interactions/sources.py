"""What entries of the timeline tell of: packages say here how a record of theirs looks now, a page at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry


@dataclass(frozen=True, slots=True)
class Thing:
    """The record that an entry tells of, as it is today and as far as this actor may see it.

    `reference` is its number, a link when there is a `url`; `title`, `amount` and `state` stand in a card when there
    is anything to say. All texts are plain and ready for the reader's language.
    """

    reference: str = ""
    url: str = ""
    title: str = ""
    amount: str = ""
    state: str = ""
    tone: str = "mute"
    glyph: str = ""


Enrich = Callable[[Actor, Sequence[str]], Mapping[str, Thing]]


@dataclass(frozen=True, slots=True)
class Source:
    """`own_text`: what the entry itself says may be read by whoever may read the entry, whatever its record is.
    `copies` are the record's fields that the entry tells of in words of its own."""

    enrich: Enrich
    own_text: bool
    copies: tuple[str, ...]


_sources: dict[str, Source] = {}


def register_source(record_type: str, enrich: Enrich, own_text: bool = False, copies: tuple[str, ...] = ()) -> None:
    """Say how entries whose `source` is this record type are shown.

    `enrich` gets the actor and the `source_id`s of a page, and returns what may be seen; what is missing may not.
    Entries that copy a field of their record are not there for those from whom it is hidden. Raises ValueError when
    the source is taken.
    """
    if record_type in _sources:
        raise ValueError(f"There is a source {record_type!r} of timeline entries already.")
    _sources[record_type] = Source(enrich, own_text, copies)


def open_to(actor: Actor, ledger: RecordType, action: str) -> Q:
    """The entries, of those on which `action` is granted, that give away nothing of a record this actor may not read.

    An order's entry holds its number, so whoever can't reach the order or may not see its number has no such entry.
    """
    found, granted = Q(), actor.grants.reach(ledger.slug, action)
    for name, source in _sources.items():
        of = registry.find(name)
        if of is None:
            continue
        if gates.may(actor, "read", of) and not all(gates.readable(actor, of, each) for each in source.copies):
            found &= ~Q(source=name)
            continue
        if source.own_text:
            continue
        reach = actor.grants.reach(name, "read")
        if not gates.readable(actor, of, of.title) or (reach is not Reach.ALL and of.owner != ledger.owner):
            found &= ~Q(source=name)
        elif reach < granted:
            # Both are owned along the same path, so what reaches the record reaches its entry.
            reached = gates.reach_filter(actor, "read", of)
            found &= ~Q(source=name) if reached is None else ~Q(source=name) | reached
    return found


def keeps_text(source: str) -> bool:
    """Whether an entry's text may be shown although its record can't be."""
    return source not in _sources or _sources[source].own_text


def things(actor: Actor, named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Thing]:
    """What is behind these pairs of source and source id; one question to each source."""
    by_source: dict[str, list[str]] = {}
    for source, source_id in named:
        if source in _sources and source_id:
            by_source.setdefault(source, []).append(source_id)
    return {
        (source, key): thing
        for source, ids in by_source.items()
        for key, thing in _sources[source].enrich(actor, ids).items()
    }
