"""What a record is linked to, sent along with it: `?expand=customer,orders.lines`.

Each level costs a question or two, however many records there are, and is read through both gates: what the caller may
not see is `null`, or isn't in the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.representation import Document, Representation
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import reading, statements
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.record_type import RecordType, Related
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Gap

EXPANDED = "expanded"
MOST = 5
DEPTH = 2
PER_RECORD = 25
PER_RECORD_IN_LIST = 10
LARGEST_PAGE = 50


@dataclass(frozen=True)
class Expansion:
    """One thing to send along: a link of the record, or with `link` the records of `target` that point to it.

    `target` is None for a colleague.
    """

    name: str
    target: RecordType | None
    link: str = ""
    further: "tuple[Expansion, ...]" = ()


def possible(actor: Actor, record_type: RecordType) -> dict[str, Expansion]:
    """What can be sent along with a record of this type, by name."""
    found = {}
    for name, each in record_type.readable(actor).items():
        target = registry.find(each.target or "")
        if each.kind is Kind.USER and not each.json:
            found[name] = Expansion(name, None)
        elif each.kind is Kind.LINK and not each.json and target is not None and gates.may(actor, "read", target):
            found[name] = Expansion(name, target)
    for related in record_type.related:
        other = registry.find(related.record_type)
        if other is not None and gates.may_read(actor, other, related.link):
            found[related.name] = Expansion(related.name, other, _column(other, related))
    return found


def asked(
    actor: Actor, record_type: RecordType, given: Mapping[str, str], names: Sequence[str] | None
) -> tuple[Expansion, ...]:
    """What `expand` asks for, `names` being the fields that are shown (None: all).

    Raises Invalid for what isn't there or may not be read, for too much, and for a link that isn't among the fields.
    """
    text = given.get("expand")
    if text is None:
        return ()
    wanted: dict[str, list[str]] = {}
    for path in text.split(","):
        name, *rest = path.split(".")
        wanted.setdefault(name, [])
        wanted[name] += [".".join(rest)] if rest else []
    if len(set(text.split(","))) > MOST:
        raise Invalid({"expand": [_("Ask for at most %(most)d things at once.") % {"most": MOST}]})
    made = tuple(_expansion(actor, record_type, name, rest, 1) for name, rest in wanted.items())
    left_out = [each.name for each in made if not each.link and names is not None and each.name not in names]
    if left_out:
        raise Invalid(
            {"expand": [_("“%(name)s” must be among the fields, too.") % {"name": each} for each in left_out]}
        )
    return made


def expand(
    actor: Actor, record_type: RecordType, documents: Sequence[Document], wanted: Sequence[Expansion], per_record: int
) -> None:
    """Put under "expanded" of each document what was asked for; lists hold at most `per_record`."""
    for each in wanted:
        if each.link:
            _with_related(actor, record_type, documents, each, per_record)
        else:
            _with_linked(actor, documents, each, per_record)


def _expansion(actor: Actor, record_type: RecordType, name: str, rest: list[str], depth: int) -> Expansion:
    found = possible(actor, record_type).get(name)
    if found is None or (rest and found.target is None):
        raise Invalid({"expand": [_("“%(name)s” can't be sent along here.") % {"name": name[:60]}]})
    if rest and depth == DEPTH:
        raise Invalid({"expand": [_("Go at most %(depth)d steps far.") % {"depth": DEPTH}]})
    target = found.target
    further = tuple(_expansion(actor, target, each, [], depth + 1) for each in dict.fromkeys(rest)) if target else ()
    return Expansion(found.name, target, found.link, further)


def _column(other: RecordType, related: Related) -> str:
    return f"{other.all_fields()[related.link].path}_id"


def _with_linked(actor: Actor, documents: Sequence[Document], each: Expansion, per_record: int) -> None:
    ids = {link["id"] for one in documents if (link := one[each.name]) is not None}
    found = _documents(actor, each, ids, per_record)
    for one in documents:
        link = one[each.name]
        one.setdefault(EXPANDED, {})[each.name] = None if link is None else found.get(link["id"])


def _with_related(
    actor: Actor, record_type: RecordType, documents: Sequence[Document], each: Expansion, per_record: int
) -> None:
    target = each.target
    if target is None:
        return

    def build() -> "QuerySet[Any, Any]":
        order = reading.order_of(actor, target, "")
        sign = "-" if order.descending else ""
        pointing = target.rows(actor).filter(**{each.link: OuterRef("pk")}).order_by(f"{sign}{order.path}", f"{sign}id")
        ids = ArraySubquery(pointing.values("pk")[: per_record + 1])
        rows = record_type.rows(actor).filter(Among("id", Gap("ids"), "uuid"))
        return rows.order_by().annotate(pointing=ids).values("id", "pointing")

    key = statements.key_of(actor, record_type, None, "related", each.name, per_record)
    rows = statements.rows(key, build, {"ids": [one["id"] for one in documents]})
    pointing = {row["id"]: row["pointing"] for row in rows}
    found = _documents(actor, each, {some for ids in pointing.values() for some in ids[:per_record]}, per_record)
    for one in documents:
        ids = pointing.get(one["id"], [])
        data = [found[some] for some in ids[:per_record] if some in found]
        one.setdefault(EXPANDED, {})[each.name] = {"data": data, "more": len(ids) > per_record}


def _documents(actor: Actor, each: Expansion, ids: set[UUID], per_record: int) -> dict[UUID, Document]:
    """The records, or colleagues, by id; each a document of its own with what is to go along with it."""
    if not ids:
        return {}
    if each.target is None:
        return {one["id"]: {**one} for one in Member.objects.filter(pk__in=ids).values("id", "name", "active")}
    readable = each.target.readable(actor)
    shape = Representation(readable.values())
    made = [shape.document(row) for row in reading.some(actor, each.target, ids, readable)]
    expand(actor, each.target, made, each.further, per_record)
    return {one["id"]: one for one in made}
