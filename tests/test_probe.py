"""Nobody learns a hidden value: whatever is asked, the answer is the same for one value as for another.

Two worlds differ in one hidden value only. Bob, who may do everything else, asks every surface in both; a surface whose
answers differ gives the value away, be it by a word, an order, a number of hits or a message.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.api.public import create_token
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.public import prepare_here, resume_here
from klantbeeld.platform.transfer.uploading import receive

ACTIONS = ("read", "create", "change", "delete", "export")
# Type, field, and two values of it; what stands beside them lies between.
HIDDEN = [
    ("customers", "name", "Aaltjezq", "Zwaantjezq"),
    ("customers", "city", "Aadorpzq", "Zwollezq"),
    ("customers", "email", "aazq@example.org", "zzzq@example.org"),
    ("customers", "external_id", "A1zq", "Z9zq"),
    ("customers", "birth_date", "1911-01-11", "1999-09-19"),
    ("customers", "owner", "Bob", "Carol"),
    ("customers", "revenue", "11.25", "9871.25"),
    ("customers", "custom.secret", "Aapzq", "Zeezq"),
    ("orders", "number", "A1zq", "Z9zq"),
    ("orders", "total", "11.25", "9871.25"),
    ("tasks", "title", "Aanbellenzq", "Zagenzq"),
    ("tasks", "note", "Aanbellenzq", "Zagenzq"),
    ("products", "price", "11.25", "9871.25"),
    ("interactions", "body", "Aanbellenzq", "Zagenzq"),
]
_MEANINGLESS = (
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"csrf\w*\W+(?:value=)?\W*[\w-]{20,}", re.IGNORECASE), "CSRF"),
    (re.compile(r"\d{4}-\d\d-\d\d(?:T| )\d\d:\d\d(?::\d\d[.\d]*)?(?:Z|[+-]\d\d:\d\d)?"), "MOMENT"),
    (re.compile(r"\d{1,2}\s\w+\s\d{4},\s\d\d:\d\d"), "MOMENT"),  # the worlds are made one after the other
    (re.compile(r">(?:now|\d+ min)<"), ">AGO<"),
    (re.compile(r'title="[^"]*\d\d:\d\d[^"]*"'), "TITLE"),
    (re.compile(r"cursor=[\w%-]+"), "CURSOR"),
    (re.compile(r"undo/\d+"), "UNDO"),
    (re.compile(r'"id": ?\d+'), "NUMBER"),
    (re.compile(r'data-tone="a\d"'), "TONE"),
)


@dataclass
class World:
    """Where Bob asks: his browser and his program, who he is, and the records by type."""

    actor: Any
    browser: Client
    program: Client
    slug: str
    field: str
    guess: str
    made: dict[str, Any]

    @property
    def record(self) -> Any:
        """The record that has the hidden value."""
        return self.made[self.slug]

    def where(self, op: str, value: Any = None) -> dict[str, Any]:
        """A condition on the hidden field."""
        return {"field": self.field, "op": op} | ({} if value is None else {"value": value})


def wash(text: str) -> str:
    """An answer without what differs from one asking to the next anyway."""
    for pattern, word in _MEANINGLESS:
        text = pattern.sub(word, text)
    return text


def tag_of(body: bytes) -> str:
    """The tag that tells no more than the answer itself does."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def told(answer: Any) -> str:
    """All that an answer tells."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode()
    headers = {name: answer.headers.get(name, "") for name in ("Location", "HX-Trigger", "Link", "ETag")}
    if headers["ETag"].removeprefix("W/") == tag_of(body):
        headers["ETag"] = "of what is told"
    return f"{answer.status_code} {headers} {text}"


def conditions(world: World) -> Iterator[dict[str, Any]]:
    """What could be asked of the hidden field, plainly and denied."""
    asked = [world.where(op, world.guess) for op in ("is", "contains", "over")]
    asked += [world.where("is_empty"), {"not": world.where("is", world.guess)}]
    yield from ({"all": [each]} for each in asked)


def lists(world: World) -> Iterator[Any]:
    base = f"/{world.slug}/"
    for state in ({}, {"sort": world.field}, {"sort": f"-{world.field}"}, {"view": "mine"}):
        yield world.browser.get(base, state)
    for each in conditions(world):
        yield world.browser.get(base, {"where": json.dumps(each)})
    yield world.browser.get(f"{base}filter", {"where": json.dumps({"all": [world.where("is_empty")]}), "at": "/all/0"})


def related(world: World) -> Iterator[Any]:
    for owner in registry:
        for each in owner.related:
            if each.record_type == world.slug:
                asked = [{"where": world.where("is", world.guess), "exists": True}]
                asked.append({"max": world.field, "op": "over", "value": "500"})
                for question in asked:
                    where = json.dumps({"all": [{"related": each.name} | question]})
                    yield world.program.get(f"/api/v1/{owner.slug}", {"where": where, "count": "true"})


def pages(world: World) -> Iterator[Any]:
    for slug in dict.fromkeys([world.slug, "customers", "orders"]):
        for page in ("", "beside", "history", "edit"):
            yield world.browser.get(f"/{slug}/{world.made[slug].pk}/{page}")
    yield world.browser.get(f"/{world.slug}/{world.record.pk}/", {"as_of": "2999-01-01"})
    yield world.browser.get(f"/palette/preview/{world.slug}/{world.record.pk}")
    customer = world.made["customers"].pk
    yield world.browser.get(f"/customers/{customer}/why/{world.field}")
    yield world.browser.get(f"/customers/{customer}/timeline")
    yield world.browser.get("/")


def searches(world: World) -> Iterator[Any]:
    for text in ("", world.guess, world.guess[:3], f"#{world.guess}"):
        yield world.browser.get("/palette", {"q": text})
        yield world.browser.get(f"/lookup/{world.slug}", {"q": text})
    yield world.browser.get("/search", {"q": world.guess})


def writes(world: World) -> Iterator[Any]:
    url, given = f"/{world.slug}/{world.record.pk}", {world.field: world.guess}
    yield world.browser.get(f"{url}/field/{world.field}")
    yield world.browser.post(f"{url}/field/{world.field}", given)
    yield world.browser.post(f"{url}/edit", given)
    yield world.browser.get(f"/{world.slug}/new", given)
    yield world.browser.post(f"/{world.slug}/new", given)
    api = f"/api/v1/{world.slug}"
    yield world.program.post(api, json.dumps(given), content_type="application/json")
    yield world.program.patch(f"{api}/{world.record.pk}", json.dumps(given), content_type="application/json")


def undoing(world: World) -> Iterator[Any]:
    url = f"/{world.slug}/{world.record.pk}/undo"
    for change in Change.objects.filter(record_id=world.record.pk, action="change").order_by("id"):
        yield world.browser.get(f"{url}/{change.id}")
        yield world.browser.post(f"{url}/{change.id}")


def past(world: World) -> Iterator[Any]:
    now = (timezone.now() + timedelta(days=1)).date().isoformat()
    base = f"/{world.slug}/"
    for state in ({}, {"sort": world.field}, {"sort": f"-{world.field}"}):
        yield world.browser.get(base, state | {"as_of": now})
    for each in conditions(world):
        yield world.browser.get(base, {"where": json.dumps(each), "as_of": now})


def api(world: World) -> Iterator[Any]:
    base = f"/api/v1/{world.slug}"
    states = [{}, {"sort": world.field}, {"sort": f"-{world.field}"}, {"fields": world.field}, {"count": "true"}]
    states += [{"where": json.dumps(each), "count": "true"} for each in conditions(world)]
    states += [{"expand": world.field}, {world.field: world.guess}, {"q": world.guess}]
    for state in states:
        yield world.program.get(base, state)
    for slug, record in ((each, world.made[each]) for each in dict.fromkeys([world.slug, "customers"])):
        yield world.program.get(f"/api/v1/{slug}/{record.pk}")
        yield world.program.get(f"/api/v1/{slug}/{record.pk}/history")
    yield world.program.get("/api/v1/openapi.json")


def deleted(world: World) -> Iterator[Any]:
    if registry.get(world.slug).deletable:
        with transaction.atomic():
            world.browser.post(f"/{world.slug}/{world.record.pk}/delete")
            yield world.browser.get(f"/{world.slug}/deleted")
            yield world.browser.get(f"/{world.slug}/deleted", {"q": world.guess})
            yield world.browser.get(f"/{world.slug}/{world.record.pk}/history")
            yield world.program.get(f"/api/v1/{world.slug}/{world.record.pk}/history")
            transaction.set_rollback(True)


def exports(world: World) -> Iterator[str]:
    from klantbeeld.platform.transfer.tests.test_export import write

    record_type = registry.get(world.slug)
    for sort in ("", world.field):
        try:
            made = write(world.actor, world.slug, condition=None, columns=tuple(record_type.fields), sort=sort)
            yield f"{made.job.state} {made.job.error}" + (made_text(made) if made.file else "")
        except Refused as refused:
            yield str(refused)
    yield told(
        world.browser.post(f"/export/{world.slug}?where={json.dumps({'all': [world.where('is', world.guess)]})}")
    )


def made_text(made: Any) -> str:
    from django.core.files.storage import default_storage

    return default_storage.open(made.file).read().decode("utf-8-sig")


def imports(world: World) -> Iterator[str]:
    """A file that names the guess: as a field, as the key by which records are recognised, and as a link."""
    record_type = registry.get(world.slug)
    for headers, key in (([world.field, record_type.title], world.field), ([world.field], ""), ([world.field], "id")):
        text = io.StringIO()
        csv.writer(text).writerows([headers, [world.guess, "Middenin"][: len(headers)]])
        with transaction.atomic():
            try:
                imported = receive(world.actor, record_type, ContentFile(text.getvalue().encode()), "probe.csv")
                for each in imported.mapping:
                    each["field"] = headers[int(each["column"])] if str(each["column"]).isdigit() else each["field"]
                imported.key = key
                done = resume_here(prepare_here(world.actor, imported))
                yield f"{done.job.state} {done.job.error} {done.report}"
            except Refused as refused:
                yield str(refused)
            transaction.set_rollback(True)


SURFACES: dict[str, Callable[[World], Iterator[Any]]] = {
    "lists, filters and their sentences": lists,
    "conditions on related records": related,
    "pages, timeline, panels and today": pages,
    "search, palette and look-ups": searches,
    "forms and messages": writes,
    "undo": undoing,
    "the past": past,
    "the API and its description": api,
    "what was deleted": deleted,
    "exports": exports,
    "imports": imports,
}


def records(cast: Any, slug: str, field: str, value: str) -> dict[str, Any]:
    """One record of each kind, the hidden value in its place, and a neighbour of it with a value in between."""
    alice, made = cast.alice, {}
    if value in {"Bob", "Carol"}:
        value = str(Member.objects.get(name=value).pk)
    customer = {
        "kind": "organisation" if field == "name" else "person",
        "name": "Marieke",
        "city": "Middelburg",
        "email": "midden@example.org",
        "external_id": "M5",
    }
    given: dict[str, dict[str, Any]] = {
        "customers": customer | {"owner": str(alice.member_id), "birth_date": "1950-05-05", "custom.secret": "Midden"},
        "products": {"name": "Middenstuk", "sku": "M1", "price": "500"},
        "orders": {"number": "M5", "placed_at": "2026-03-31T10:00:00Z", "status": "open"},
        "order-lines": {"unit_price": "500", "quantity": 1, "description": "Middenstuk"},
        "tasks": {"title": "Midden", "due_on": "2026-03-31"},
        "interactions": {"channel": "note", "summary": "Midden", "body": "Midden", "at": "2026-03-31T10:00:00Z"},
        "identifiers": {"kind": "email", "shown": "anders@example.org"},
        "addresses": {"city": "Middelburg"},
    }
    for kind, values in given.items():
        record_type = registry.get(kind)
        writer = record_type.writer(record_type, alice)
        links = {
            name: str(made[target].pk)
            for name, target in (("customer", "customers"), ("order", "orders"), ("product", "products"))
            if name in record_type.fields and target in made
        }
        if kind == slug:
            spare = {each: f"{values[each]}x" for each in ("external_id", "number", "sku") if each in values}
            writer.create(values | links | spare)
        derived = {"revenue", "total"} & {field}
        made[kind] = writer.create(values | links | ({field: value} if kind == slug and not derived else {}))
        if kind == slug and record_type.changeable and not derived:
            writer.change(made[kind].pk, {field: given[kind].get(field) or None})
            writer.change(made[kind].pk, {field: value})
        if kind == slug and derived:
            record_type.model.objects.filter(pk=made[kind].pk).update(**{field: value})
    if field == "note" or field == "title":
        registry.get("tasks").writer(registry.get("tasks"), alice).change(
            made["tasks"].pk, {"done_at": "2026-04-01T10:00:00Z"}
        )
    return made


def world(cast: Any, slug: str, field: str, value: str, guess: str) -> World:
    """The world in which the hidden field has this value."""
    made = records(cast, slug, field, value)
    bob = of_member(cast.tenant, cast.bob.member_id)
    token = create_token(bob, "probe", ("*",))[1]
    program = Client(headers={"authorization": f"Bearer {token}"}, SERVER_NAME="testserver")
    return World(bob, cast.client("bob"), program, slug, field, guess, made)


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(("slug", "field", "one", "other"), HIDDEN, ids=lambda each: None if len(each) > 14 else each)
def test_a_hidden_value_shows_up_nowhere_and_changes_no_answer(cast: Any, slug: str, field: str, one: str, other: str):
    save_field(cast.alice, registry.get("customers"), None, FieldGiven("Secret", "secret", "text", [], required=False))
    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    every = dict.fromkeys(ACTIONS, "all")
    role = Role.objects.create(
        name="Probe", grants={"records": {"*": every, slug: every | {"fields": {field: "hidden"}}}}
    )
    MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
    answers: list[dict[str, list[str]]] = []
    for value in (one, other):
        with transaction.atomic():
            there = world(cast, slug, field, value, one)
            found = {}
            for name, surface in SURFACES.items():
                with transaction.atomic():
                    found[name] = [wash(each if isinstance(each, str) else told(each)) for each in surface(there)]
                    transaction.set_rollback(True)
            answers.append(found)
            transaction.set_rollback(True)
    leaks = [
        (name, at, sorted({*a.splitlines()} ^ {*b.splitlines()})[:4])
        for name in SURFACES
        for at, (a, b) in enumerate(zip(answers[0][name], answers[1][name], strict=True))
        if a != b
    ]
    assert not leaks, "\n".join(str(each)[:1200] for each in leaks)
