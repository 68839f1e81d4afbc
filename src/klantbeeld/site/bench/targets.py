"""Everything that is measured by asking for it again and again, and the SQL that stands behind it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find
from klantbeeld.site.bench.bare import Statement, statements_of, writes_of
from klantbeeld.site.bench.client import COUNTER
from klantbeeld.site.bench.sample import MOSTLY, Sample
from klantbeeld.site.bench.target import Target
from klantbeeld.site.bench.visitor import Visitor

_CITIES = ("Utrecht", "Rotterdam", "Groningen", "Zwolle", "Maastricht", "Breda", "Leiden", "Assen")
_TYPED = ("jansen", "de vries", "bakk", "fatima", "van der", "visser anna", "jong", "mohammed", "dijk", "smi")
_MISSPELT = ("jansne", "bakkre", "visesr", "smitt", "groenn", "muldre")
_PART_OF_TIMELINE = 30
MADE = "made.by.bench."
"""How the e-mail addresses of those begin whom `create` makes."""
_IN_CITIES = [{"all": [{"field": "city", "op": "is", "value": city}]} for city in _CITIES]


def targets(owner: Visitor, agent: Visitor, sample: Sample) -> list[Target]:
    """All targets, in the order in which they are reported."""
    return [*_lists(owner, agent, sample), *_searches(owner), *_customers(owner, sample), *_writes(owner, sample)]


def _lists(owner: Visitor, agent: Visitor, sample: Sample) -> Iterable[Target]:
    first = [(where, "-last_contact_at", "") for where in _IN_CITIES]
    first += [(MOSTLY, sort, "") for sort in ("-last_contact_at", "name", "-revenue", "-created_at")]
    deep = [(MOSTLY, "name", cursor) for cursor in sample.deep_cursors]
    yield Target("list JSON", _asked(owner, first), partial(_list_sql, owner, first), 5, 500)
    yield Target(f"list JSON p{sample.deep_page}", _asked(owner, deep), partial(_list_sql, owner, deep), 5, 500)
    yield Target("list JSON of a team", _asked(agent, first), partial(_list_sql, agent, first))
    yield Target("list HTML", _shown(owner, first), partial(_list_sql, owner, first, counted=True), 20)
    yield Target(
        f"list HTML p{sample.deep_page}", _shown(owner, deep), partial(_list_sql, owner, deep, counted=True), 20
    )
    yield Target("list HTML of a team", _shown(agent, first), partial(_list_sql, agent, first, counted=True))


Asked = tuple[dict[str, Any], str, str]


def _asked(visitor: Visitor, lists: Sequence[Asked]) -> list[bytes]:
    return [
        visitor.json("/customers", where=where, sort=sort, limit="50", **({"cursor": cursor} if cursor else {}))
        for where, sort, cursor in lists
    ]


def _shown(visitor: Visitor, lists: Sequence[Asked]) -> list[bytes]:
    return [visitor.page("/customers/", where=where, sort=sort, cursor=cursor) for where, sort, cursor in lists]


def _list_sql(visitor: Visitor, lists: Sequence[Asked], counted: bool = False) -> list[list[Statement]]:
    customers = registry.get("customers")
    names = customers.columns if counted else tuple(customers.fields)

    def ask(where: dict[str, Any], sort: str, cursor: str) -> None:
        condition = conditions.parse(where)
        reading.page(visitor.actor, customers, Query(condition, sort, cursor), names)
        if counted:
            reading.number(visitor.actor, customers, condition)

    return [statements_of(partial(ask, *each)) for each in lists]


def _searches(owner: Visitor) -> Iterable[Target]:
    for name, typed in (("search", _TYPED), ("search, misspelt", _MISSPELT)):
        requests = [owner.page("/palette", q=text) for text in typed]
        yield Target(name, requests, partial(_each, [partial(find, owner.actor, text, 5) for text in typed]), 12)


def _customers(owner: Visitor, sample: Sample) -> Iterable[Target]:
    customers = registry.get("customers")
    ids = sample.customers
    read = partial(_each, [partial(reading.one, owner.actor, customers, key) for key in ids[:16]])
    yield Target("customer JSON", [owner.json(f"/customers/{key}") for key in ids], read, 5)
    orders = [{"all": [{"field": "customer", "op": "is", "value": str(key)}]} for key in ids[:16]]
    theirs = partial(_each, [partial(_orders_of, owner, each) for each in orders])
    yield Target("orders of one JSON", [owner.json("/orders", where=each) for each in orders], theirs, 5)
    yield Target("customer HTML", [owner.page(f"/customers/{key}/") for key in ids], read, 30)
    busiest = partial(_each, [partial(reading.one, owner.actor, customers, sample.busiest)])
    yield Target("busiest customer HTML", [owner.page(f"/customers/{sample.busiest}/")], busiest, 30)
    story = conditions.parse({"field": "customer", "op": "is", "value": str(sample.busiest)})
    ledger = registry.get("interactions")
    queries = [Query(story, "-at", cursor, _PART_OF_TIMELINE) for cursor in sample.older]
    older = partial(_each, [partial(reading.page, owner.actor, ledger, each, ledger.columns) for each in queries])
    pages = [owner.page(f"/customers/{sample.busiest}/timeline", cursor=cursor) for cursor in sample.older]
    yield Target("timeline of 10,000", pages, older, 20)


def _orders_of(visitor: Visitor, where: dict[str, Any]) -> object:
    orders = registry.get("orders")
    return reading.page(visitor.actor, orders, Query(conditions.parse(where)), tuple(orders.fields))


def _writes(owner: Visitor, sample: Sample) -> Iterable[Target]:
    number = COUNTER.decode()
    made = [owner.send("POST", "/customers", _person(number))]
    yield Target("create", made, partial(_create_sql, owner), 8, status=201)
    changes = [owner.send("PATCH", f"/customers/{key}", {"street": f"Street {number}"}) for key in sample.customers]
    yield Target("save", changes, partial(_save_sql, owner, sample.customers[:16]), 8)


def _person(number: str) -> dict[str, str]:
    email = f"{MADE}{number}@example.nl"
    return {"name": "Sanne van den Berg", "email": email, "phone": "+31612345678", "city": "Utrecht"}


def _create_sql(owner: Visitor) -> list[list[Statement]]:
    customers = registry.get("customers")
    made: list[UUID] = []

    def create() -> None:
        made.append(customers.writer(customers, owner.actor).create(_person("0")).pk)

    calls = writes_of(create, customers.model._meta.db_table)
    return [[(sql, [uuid7 if value == made[0] else value for value in params]) for sql, params in calls]]


def _save_sql(owner: Visitor, ids: Sequence[UUID]) -> list[list[Statement]]:
    customers = registry.get("customers")

    def change(key: UUID, street: str) -> None:
        customers.writer(customers, owner.actor).change(key, {"street": street})

    return [
        writes_of(partial(change, key, street), customers.model._meta.db_table)
        for street in ("Old Street", "New Street")
        for key in ids
    ]


def _each(calls: Sequence[Callable[[], object]]) -> list[list[Statement]]:
    return [statements_of(call) for call in calls]
