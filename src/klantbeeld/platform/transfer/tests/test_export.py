"""Exporting lists to files."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from klantbeeld.platform.jobs.public import prepare, run_here
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.defusing import defused, restored
from klantbeeld.platform.transfer.exporting import _prepared
from klantbeeld.platform.transfer.models import Export
from klantbeeld.platform.transfer.tests.test_import import FILE, counts

EVERY_TYPE = [each.slug for each in registry]


def write(actor, slug, file_format="csv", condition=None, columns=(), sort=""):
    made = _prepared(actor, registry.get(slug), file_format, condition, columns, sort)
    made.job = prepare(actor, "export", "x", {"export": str(made.id)})
    made.save()
    run_here(made.job)
    return Export.objects.select_related("job").get(id=made.id)


@pytest.fixture
def everything(cast, bring_in):
    alice = cast.alice
    bring_in(alice, "customers", FILE + "K9;=1+1;;;1234 AB;@Ede;\n")
    bring_in(alice, "products", "sku,name,price\nP1,Bel,3.25\n")
    bring_in(alice, "orders", "number,customer,placed\nO1,K1,2024-05-01 10:00\nO2,,2024-05-02 10:00\n")
    bring_in(alice, "order-lines", "line,order,product,quantity,price\n1,O1,P1,3,1.255\n2,O2,,-1,0.5\n")
    bring_in(alice, "interactions", "customer,when,channel,direction,summary\nK1,2024-06-01 10:00,call,in,Belde\n")
    bring_in(alice, "tasks", "what,customer,before\nBel terug,K1,2024-06-01\n")
    bring_in(alice, "addresses", "customer,kind,street,postcode,city\nK1,billing,Kade,1234AB,Ede\n")
    bring_in(alice, "relationships", "customer,role,other customer,from\nK1,contact_of,K2,2020-01-01\n")


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("slug", EVERY_TYPE)
def test_a_file_that_was_exported_and_comes_back_changes_nothing(everything, cast, bring_in, files, slug, file_format):
    export = write(cast.alice, slug, file_format)
    assert export.job.state == "done"
    content = (files / export.file).read_bytes()
    model = registry.get(slug).model
    before = list(model.objects.order_by("id").values())
    again = bring_in(cast.alice, slug, content, name=export.file_name)
    assert (counts(again), again.report["problems"]) == (
        {"created": 0, "changed": 0, "left": len(before), "refused": 0},
        [],
    )
    assert list(model.objects.order_by("id").values()) == before


def test_a_formula_is_defused_and_a_number_stays_one(everything, cast, files):
    rows = list(csv.reader((files / write(cast.alice, "customers").file).open(encoding="utf-8-sig")))
    named = {row[rows[0].index("customer number")]: row for row in rows}
    assert named["K9"][rows[0].index("name")] == "'=1+1"
    assert named["K1"][rows[0].index("phone number")] == "'+31628419037"
    lines = list(csv.DictReader((files / write(cast.alice, "order-lines").file).open(encoding="utf-8-sig")))
    assert {line["quantity"] for line in lines} == {"3", "-1"}


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "a", "'a", "-", "@x", "'", "\tx"])
def test_what_is_defused_comes_back_as_it_was(text):
    assert restored(defused(text)) == text


def test_only_who_may_export_gets_a_file_and_only_who_asked_fetches_it(everything, cast, files):
    export = write(cast.alice, "customers")
    address = f"/export/{export.id}/file"
    assert b"".join(cast.client("alice").get(address).streaming_content).startswith(b"\xef\xbb\xbf")
    assert cast.client("bob").get(address).status_code == 404
    assert cast.client("bob").post("/export/customers").status_code == 403
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert cast.client("alice").get(address).status_code == 404


def test_the_condition_and_the_order_of_the_list_hold(everything, cast, files):
    condition = {"all": [{"field": "city", "op": "is", "value": "Utrecht"}]}
    rows = list(csv.reader((files / write(cast.alice, "customers", condition=condition).file).open()))
    assert len(rows) == 2


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_hour_that_comes_twice_in_autumn_stays_the_one_it_was(everything, cast, bring_in, files, file_format):
    moments = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z", "2026-07-01T12:00:00Z"]
    bring_in(cast.alice, "orders", "number,placed\n" + "".join(f"T{at},{each}\n" for at, each in enumerate(moments)))
    orders = registry.get("orders").model.objects.filter(number__startswith="T").order_by("number")
    before = list(orders.values_list("placed_at", flat=True))
    assert [each.isoformat().replace("+00:00", "Z") for each in before] == moments
    export = write(cast.alice, "orders", file_format)
    content = (files / export.file).read_bytes()
    again = bring_in(cast.alice, "orders", content, name=export.file_name)
    assert (again.report["changed"], again.report["refused"]) == (0, 0)
    assert list(orders.values_list("placed_at", flat=True)) == before
    if file_format == "csv":
        # Only the hour that comes twice needs to say more than a spreadsheet takes for a moment.
        assert content.count(b"02:30:00+02:00") == content.count(b"02:30:00+01:00") == 1
        assert b"2026-07-01 14:00:00," in content


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ("?where=%7B%22all%22%3A%5B%7B%22field%22%3A%22nonsense%22%2C%22op%22%3A%22is%22%7D%5D%7D", 400, "nonsense"),
        ("?where=nonsense", 400, "can"),
        ("?format=doc", 422, "Choose CSV or Excel"),
        ("?sort=nonsense", 422, "nonsense"),
    ],
)
def test_what_cannot_be_exported_is_said_in_words(cast, query, status, text):
    answer = cast.client("alice").post(f"/export/customers{query}")
    assert answer.status_code == status
    assert text in answer.content.decode()
