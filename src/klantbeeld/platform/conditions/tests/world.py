"""A small world for conditions: what may be asked, who asks, and rows with many values and many gaps."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from klantbeeld.platform.conditions.public import Context, Field, FieldSet, Kind, Relation, stored_json
from klantbeeld.platform.conditions.tests.models import Company, Line, Person, Purchase

STAGES = (("lead", "Lead"), ("customer", "Customer"), ("lost", "Lost"))
TAGS = (("vip", "VIP"), ("late", "Pays late"), ("new", "New"))
MEMBERS = tuple(UUID(int=n) for n in range(1, 5))
COMPANIES = tuple(UUID(int=n) for n in range(11, 14))

LINES = FieldSet.of([Field("product", "Product", Kind.TEXT, "product")])
PURCHASES = FieldSet.of(
    [
        Field("total", "Total", Kind.MONEY, "total"),
        Field("paid_on", "Paid on", Kind.DATE, "paid_on"),
        Field("custom.weight", "Weight", Kind.NUMBER, "weight", json=True),
        Field("custom.due", "Due", Kind.DATE, "due", json=True),
    ],
    [Relation("lines", "Lines", "lines", lambda: LINES, lambda: Line.objects.all(), "purchase")],
)


def _both(name: str, label: str, kind: Kind, path: str, **more: Any) -> list[Field]:
    """A field as a column, and one like it that a tenant has added."""
    return [
        Field(name, label, kind, path, **more),
        Field(f"custom.{name}", f"Own {label.lower()}", kind, name, json=True, **more),
    ]


PEOPLE = FieldSet.of(
    [
        *_both("city", "City", Kind.TEXT, "city"),
        *_both("notes", "Notes", Kind.LONG_TEXT, "notes"),
        *_both("score", "Score", Kind.NUMBER, "score"),
        *_both("worth", "Lifetime value", Kind.MONEY, "worth"),
        *_both("born", "Born", Kind.DATE, "born"),
        *_both("seen", "Last seen", Kind.DATETIME, "seen"),
        *_both("active", "Active", Kind.BOOLEAN, "active"),
        *_both("stage", "Stage", Kind.CHOICE, "stage", choices=STAGES),
        *_both("tags", "Tags", Kind.MULTI_CHOICE, "tags", choices=TAGS),
        *_both("owner", "Owner", Kind.USER, "owner_id"),
        Field("company", "Company", Kind.LINK, "company", target="company"),
        Field("company.place", "VAT place", Kind.TEXT, "company__place"),
        Field("id", "Id", Kind.UUID, "id", nullable=False),
    ],
    [Relation("purchases", "Purchases", "purchases", lambda: PURCHASES, lambda: Purchase.objects.all(), "person")],
)

AMSTERDAM, CAIRO, NEW_YORK = (ZoneInfo(name) for name in ("Europe/Amsterdam", "Africa/Cairo", "America/New_York"))
CONTEXTS = (
    Context(datetime(2026, 11, 22, 14, 30, tzinfo=UTC), AMSTERDAM, MEMBERS[0], MEMBERS[:2]),
    Context(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), AMSTERDAM, MEMBERS[1], MEMBERS, week_start=6),  # summer time
    Context(datetime(2026, 4, 24, 9, 0, tzinfo=UTC), CAIRO),  # a day that begins at one o'clock
    Context(datetime(2026, 1, 1, 2, 0, tzinfo=UTC), NEW_YORK, MEMBERS[2], (), week_start=5),  # still last year there
    Context(datetime(2024, 2, 29, 12, 0, tzinfo=UTC), AMSTERDAM),
)

TEXTS = ("Utrecht", "utrecht", "Ede", "Den Haag", "100%", "a_b", "axb", "Café", "O'Neil", "back\\slash", '"quoted"')
FRAGMENTS = (*TEXTS, "ut", "e", "%", "_", "\\", "'")
NUMBERS = tuple(Decimal(text) for text in ("-2", "-0.5", "0", "1", "2.5", "3", "1000.25"))


def days(context: Context) -> list[date]:
    """Days on and around every border that an operator may draw."""
    today = context.today
    far = [today.replace(year=today.year + n, day=1) + timedelta(days=d) for n in (-1, 0, 1) for d in (-1, 0)]
    return [today + timedelta(days=n) for n in (-366, -91, -31, -30, -8, -7, -6, -1, 0, 1, 6, 7, 8, 30, 31, 91)] + far


def moments(context: Context) -> list[datetime]:
    """Moments on both sides of the borders of those days, and of now."""
    found = [context.now + timedelta(hours=hours, microseconds=m) for hours in (-3, 0, 3) for m in (-1, 0, 1)]
    for day in days(context):
        start = datetime(day.year, day.month, day.day, tzinfo=context.timezone).astimezone(UTC)
        found += [start - timedelta(microseconds=1), start, start + timedelta(hours=1)]
    return found


def fill(seed: int, people: int = 90) -> dict[UUID, dict[str, Any]]:
    """Put rows into the tables; return them as plain values by id: field names, and lists under relations."""
    chance = random.Random(seed)
    Company.objects.bulk_create(Company(id=each, place=_maybe(chance, ("Ede", "", None))) for each in COMPANIES)
    places = dict(Company.objects.values_list("id", "place"))
    persons, purchases, lines, plain = [], [], [], {}
    for number in range(people):
        context = chance.choice(CONTEXTS)
        known = _values(chance, context, decimals=False)
        own = _values(chance, context, decimals=True)
        person = Person(id=UUID(int=1000 + number), company_id=_maybe(chance, COMPANIES), custom=_stored(chance, own))
        for name, value in known.items():
            setattr(person, "owner_id" if name == "owner" else name, value)
        row = {**known, **{f"custom.{name}": value for name, value in own.items()}, "id": person.id}
        row |= {"company": person.company_id, "company.place": places.get(person.company_id), "purchases": []}
        for _ in range(chance.choice((0, 0, 1, 2, 3, 5))):
            bought, inner = _purchase(chance, person, context)
            purchases.append(bought)
            made = [Line(purchase=bought, product=_maybe(chance, TEXTS[:3])) for _ in range(chance.randrange(3))]
            lines += made
            row["purchases"].append({**inner, "lines": [{"product": line.product} for line in made]})
        persons.append(person)
        plain[person.id] = row
    for model, rows in ((Person, persons), (Purchase, purchases), (Line, lines)):
        model.objects.bulk_create(rows)
    return plain


def _maybe(chance: random.Random, values: Any) -> Any:
    return None if chance.random() < 0.25 else chance.choice(values)


def _values(chance: random.Random, context: Context, decimals: bool) -> dict[str, Any]:
    tags = [key for key, _label in TAGS if chance.random() < 0.4]
    return {
        "city": _maybe(chance, (*TEXTS, "")),
        "notes": chance.choice((*TEXTS, "")),
        "score": _maybe(chance, NUMBERS if decimals else (-2, 0, 1, 2, 3)),
        "worth": _maybe(chance, NUMBERS),
        "born": _maybe(chance, days(context)),
        "seen": _maybe(chance, moments(context)),
        "active": _maybe(chance, (True, False)),
        "stage": _maybe(chance, [key for key, _label in STAGES]),
        "tags": _maybe(chance, [tags]),
        "owner": _maybe(chance, MEMBERS),
    }


def _purchase(chance: random.Random, person: Person, context: Context) -> tuple[Purchase, dict[str, Any]]:
    known = {"total": _maybe(chance, NUMBERS), "paid_on": _maybe(chance, days(context))}
    own = {"weight": _maybe(chance, NUMBERS), "due": _maybe(chance, days(context))}
    row = Purchase(person=person, custom=_stored(chance, own), **known)
    return row, {**known, **{f"custom.{name}": value for name, value in own.items()}}


def _stored(chance: random.Random, values: dict[str, Any]) -> dict[str, Any]:
    """As a tenant's fields are stored; a missing value is an absent key or a null."""
    found = {name: json.loads(stored_json(value)) for name, value in values.items() if value is not None}
    return found | {name: None for name, value in values.items() if value is None and chance.random() < 0.5}
