"""Importing files into records."""

import csv
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import connection

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.statistics import analyse
from klantbeeld.platform.transfer import ahead, importing
from klantbeeld.platform.transfer.table import Table

CUSTOMERS = registry.get("customers").model
IDENTIFIERS = registry.get("identifiers").model
ORDERS = registry.get("orders").model
LINES = registry.get("order-lines").model
INTERACTIONS = registry.get("interactions").model

FILE = (
    "Klantnummer;Naam;E-mail;Telefoon;Postcode;Plaats;Klant sinds\n"
    "K1;Marieke van der Velden;M.Velden@Example.org;06 28 41 90 37;3512jk;Utrecht;31-01-2020\n"
    "K2;Bakker Installaties B.V.;info@bakker.example.nl;;1234 AB;Ede;\n"
)


def counts(imported):
    return {name: imported.report[name] for name in ("created", "changed", "left", "refused")}


def test_a_dutch_file_becomes_customers_by_the_rules_of_the_form(cast, bring_in):
    imported = bring_in(cast.alice, "customers", FILE)
    assert counts(imported) == {"created": 2, "changed": 0, "left": 0, "refused": 0}
    one = CUSTOMERS.objects.get(external_id="K1")
    assert (one.given_name, one.family_prefix, one.family_name) == ("Marieke", "van der", "Velden")
    assert (one.phone, one.postcode, one.email) == ("+31628419037", "3512 JK", "M.Velden@Example.org")
    assert str(one.since) == "2020-01-31"
    assert one.owner_id == cast.alice.member_id
    assert CUSTOMERS.objects.get(external_id="K2").kind == "organisation"
    known = set(IDENTIFIERS.objects.filter(customer=one).values_list("kind", "value"))
    assert known == {("email", "m.velden@example.org"), ("phone", "+31628419037"), ("external", "K1")}


def test_history_and_one_event_tell_of_the_import(cast, bring_in):
    imported = bring_in(cast.alice, "customers", FILE)
    written = Change.objects.filter(table__in=["customers_customer", "customers_identifier"])
    origins = set(written.values_list("origin", flat=True))
    assert origins == {f"import {imported.job_id}"}
    assert [event.payload["count"] for event in Outbox.objects.filter(name="customers.imported")] == [2]


def test_the_same_file_again_leaves_everything_as_it_is(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    before = Change.objects.count()
    again = bring_in(cast.alice, "customers", FILE)
    assert counts(again) == {"created": 0, "changed": 0, "left": 2, "refused": 0}
    assert Change.objects.count() == before


def test_a_known_number_changes_what_differs_and_a_blank_cell_nothing(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    changed = bring_in(cast.alice, "customers", "Klantnummer;E-mail;Plaats\nK1;;Zeist\nK2;nieuw@example.nl;Ede\n")
    assert counts(changed) == {"created": 0, "changed": 2, "left": 0, "refused": 0}
    one, two = CUSTOMERS.objects.get(external_id="K1"), CUSTOMERS.objects.get(external_id="K2")
    assert (one.city, one.email, one.family_name) == ("Zeist", "M.Velden@Example.org", "Velden")
    assert two.email == "nieuw@example.nl"
    assert IDENTIFIERS.objects.filter(customer=two, kind="email").count() == 2


def test_only_adding_leaves_known_records_and_only_changing_refuses_new_ones(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    text = "Klantnummer;Naam;Plaats\nK1;Marieke van der Velden;Zeist\nK3;Piet de Boer;Assen\n"
    changed = bring_in(cast.alice, "customers", text, mode="change")
    assert counts(changed) == {"created": 0, "changed": 1, "left": 0, "refused": 1}
    added = bring_in(cast.alice, "customers", text.replace("Zeist", "Epe"), mode="create")
    assert counts(added) == {"created": 1, "changed": 0, "left": 1, "refused": 0}
    assert CUSTOMERS.objects.get(external_id="K1").city == "Zeist"


def test_a_number_that_comes_twice_in_a_file_is_one_customer(cast, bring_in):
    text = "Klantnummer;Naam;Plaats\nK1;Jan de Boer;Zeist\nK1;Jan de Boer;Epe\n"
    assert counts(bring_in(cast.alice, "customers", text))["created"] == 1
    assert CUSTOMERS.objects.get(external_id="K1").city == "Epe"


def test_rows_that_are_wrong_are_refused_with_the_reason_and_kept_in_a_file(cast, bring_in, files):
    text = FILE + "K3;Jan;no address;;1234 AB;Ede;\nK4;Els;;;12;Ede;32-13-2020\n"
    imported = bring_in(cast.alice, "customers", text)
    assert counts(imported) == {"created": 2, "changed": 0, "left": 0, "refused": 2}
    lines = (files / imported.refused_file).read_text("utf-8-sig").splitlines()
    assert lines[0].split(";")[-1] == "Why it was refused"
    assert lines[1].startswith("K3;Jan;no address;;1234 AB;Ede;;")
    assert "@" in lines[1].split(";", 7)[7]
    assert "32-13-2020" in lines[2].split(";", 7)[7]
    assert {problem["field"] for problem in imported.report["problems"]} == {"email", "since"}


def test_the_refused_file_can_be_mended_and_sent_again(cast, bring_in, files):
    imported = bring_in(cast.alice, "customers", FILE + "K3;Jan;no address;;1234 AB;Ede;\n")
    mended = (files / imported.refused_file).read_text("utf-8-sig").replace("no address", "jan@example.org")
    assert counts(bring_in(cast.alice, "customers", mended)) == {"created": 1, "changed": 0, "left": 0, "refused": 0}


def test_a_customer_goes_by_any_spelling_of_an_address_that_we_know(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    changed = bring_in(cast.alice, "customers", "email,city\nm.velden@EXAMPLE.org,Zeist\n")
    assert (changed.key, counts(changed)["changed"]) == ("email", 1)


def test_orders_find_their_customers_and_lines_their_orders(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    bring_in(cast.alice, "products", "sku,name\nP1,Bel\n")
    bring_in(cast.alice, "orders", "number,customer,placed\nO1,K1,2024-05-01 10:00\nO2,,2024-05-02 10:00\n")
    lines = "line,order,product,quantity,price\n1,O1,P1,3,1.255\n2,O1,,-1,0.5\n3,O9,P1,1,1\n"
    imported = bring_in(cast.alice, "order-lines", lines)
    assert counts(imported) == {"created": 2, "changed": 0, "left": 0, "refused": 1}
    assert imported.report["problems"][0]["text"].startswith("There is no “O9”")
    order, one = ORDERS.objects.get(number="O1"), CUSTOMERS.objects.get(external_id="K1")
    assert (order.total, order.line_count) == (Decimal("3.265"), 2)
    assert (one.order_count, one.revenue) == (1, Decimal("3.27"))
    assert INTERACTIONS.objects.filter(customer=one, channel="order").count() == 1
    assert one.last_contact_at == order.placed_at


def test_entries_of_the_ledger_are_written_once_and_move_the_last_contact(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    text = (
        "customer,when,channel,direction,summary\n"
        "K1,2024-06-01 10:00,call,in,Belde\nK1,2024-07-01 10:00,note,internal,x\n"
    )
    assert counts(bring_in(cast.alice, "interactions", text))["created"] == 2
    one = CUSTOMERS.objects.get(external_id="K1")
    assert one.last_contact_channel == "call"
    assert set(one.interactions.values_list("member_id", flat=True)) == {cast.alice.member_id}


def test_nobody_imports_what_they_could_not_have_made(cast, bring_in):
    bring_in(cast.carol, "customers", "customer number,name\nC1,Van Carol\n")
    text = "customer number,name,owner\nB1,Jan,bob@example.org\nB2,Els,carol@example.org\nC1,Gekaapt,\n"
    imported = bring_in(cast.bob, "customers", text)
    assert counts(imported) == {"created": 1, "changed": 0, "left": 0, "refused": 2}
    assert list(CUSTOMERS.objects.order_by("external_id").values_list("external_id", "name")) == [
        ("B1", "Jan"),
        ("C1", "Van Carol"),
    ]


def test_a_field_that_may_not_be_written_is_not_offered_and_refused(cast, bring_in):
    Role.objects.filter(name="Agent").update(
        grants={"records": {"*": {"read": "team", "create": "team", "change": "team", "fields": {"phone": "read"}}}}
    )
    bob = of_member(cast.tenant, cast.bob.member_id)
    imported = bring_in(bob, "customers", FILE)
    assert "phone" not in {each["field"] for each in imported.mapping}
    refused = bring_in(bob, "customers", FILE, fields={"Telefoon": "phone"})
    assert refused.job.state == "failed"
    assert "phone" in refused.job.error


def test_a_street_with_its_number_in_one_column_becomes_two_fields(cast, bring_in):
    text = "Klantnummer;Naam;Straat en huisnummer\nK1;A;Kerkstraat 12-2hg\nK2;B;Plein 1944\n"
    assert counts(bring_in(cast.alice, "customers", text))["created"] == 2
    stored = list(CUSTOMERS.objects.order_by("external_id").values_list("street", "house_number"))
    assert stored == [("Kerkstraat", "12-2hg"), ("Plein 1944", "")]
    assert counts(bring_in(cast.alice, "customers", text))["left"] == 2
    moved = "Klantnummer;Straat en huisnummer\nK1;Dorpsweg 5\n"
    assert counts(bring_in(cast.alice, "customers", moved))["changed"] == 1
    one = CUSTOMERS.objects.get(external_id="K1")
    assert (one.street, one.house_number) == ("Dorpsweg", "5")


def test_a_colleague_goes_by_any_spelling_within_one_file(cast, bring_in):
    text = "Klantnummer;Naam;Eigenaar\nK1;A;Bob\nK2;B;bob\nK3;C;BOB@example.org\nK4;D;bob@example.org\n"
    assert counts(bring_in(cast.alice, "customers", text))["created"] == 4
    assert set(CUSTOMERS.objects.values_list("owner_id", flat=True)) == {cast.bob.member_id}


def test_a_rule_of_the_database_refuses_its_row_alone(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    text = "customer,role,other customer\nK1,contact_of,K2\nK1,contact_of,K1\nK2,part_of,K1\n"
    imported = bring_in(cast.alice, "relationships", text)
    assert counts(imported) == {"created": 2, "changed": 0, "left": 0, "refused": 1}
    assert imported.report["problems"][0]["text"] == "A customer can't be related to itself."


def test_json_lines_and_formulas_that_an_export_defused_come_in_as_they_were(cast, bring_in):
    bring_in(cast.alice, "customers", '{"external_id": "J1", "name": "\'=SUM(A1)"}\n', name="a.jsonl")
    assert CUSTOMERS.objects.get(external_id="J1").name == "=SUM(A1)"


def test_what_the_model_refuses_in_the_form_is_refused_in_a_file(cast, bring_in, monkeypatch):
    def no_rest_in_ede(self):
        if self.city == "Ede" and self.name.startswith("Rust"):
            raise ValidationError({"city": "Nobody rests in Ede."})

    monkeypatch.setattr(CUSTOMERS, "clean", no_rest_in_ede)
    made = bring_in(cast.alice, "customers", "Klantnummer;Naam;Plaats\nK1;Rust;Ede\nK2;Rust;Epe\n")
    assert counts(made) == {"created": 1, "changed": 0, "left": 0, "refused": 1}
    assert [(each["field"], each["text"]) for each in made.report["problems"]] == [("city", "Nobody rests in Ede.")]
    changed = bring_in(cast.alice, "customers", "Klantnummer;Plaats\nK2;Ede\n")
    assert counts(changed) == {"created": 0, "changed": 0, "left": 0, "refused": 1}
    assert CUSTOMERS.objects.get().city == "Epe"


def test_batches_of_new_and_of_known_rows_in_turn_give_every_record_once(cast, bring_in, monkeypatch):
    monkeypatch.setattr(ahead, "FIRST_ROWS", 2)
    monkeypatch.setattr(ahead, "MOST_ROWS", 2)
    bring_in(cast.alice, "customers", FILE)
    rows = ["K3;Piet de Boer", "K4;Anna Smit", "K5;Tom Mulder", "K1;Marieke van der Velden", "K6;Iris Kok"]
    rows += ["K6;Iris Kok-Bos", "K7;Daan Prins", "K8;Eva Blom", "K9;Sem Vos", "K10;Liv Vos"]
    imported = bring_in(cast.alice, "customers", "\n".join(["Klantnummer;Naam", *rows]))
    assert counts(imported) == {"created": 8, "changed": 1, "left": 1, "refused": 0}
    assert CUSTOMERS.objects.count() == CUSTOMERS.objects.values("external_id").distinct().count() == 10
    assert CUSTOMERS.objects.get(external_id="K6").name == "Iris Kok-Bos"
    assert IDENTIFIERS.objects.filter(kind="external").count() == 10


def test_the_planner_hears_of_a_large_import_at_once(cast, bring_in, monkeypatch):
    monkeypatch.setattr(importing, "_MANY", 2)
    for model in (CUSTOMERS, IDENTIFIERS):
        analyse(model)  # what another test told the planner outlives its rollback
    bring_in(cast.alice, "customers", FILE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname IN ('customers_customer', 'customers_identifier')"
        )
        assert dict(cursor.fetchall()) == {"customers_customer": 2, "customers_identifier": 5}


def test_formulas_in_refused_rows_are_defused_and_come_back_as_they_were(cast, bring_in, files):
    text = 'Klantnummer;Naam;E-mail;=Plaats\nK3;=HYPERLINK("x");no address;-1+1\nK4;@Els;no address;+31\n'
    imported = bring_in(cast.alice, "customers", text, fields={"=Plaats": "city"})
    content = (files / imported.refused_file).read_text("utf-8-sig")
    for row in csv.reader(content.splitlines()):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    bring_in(cast.alice, "customers", content.replace("no address", ""))
    found = CUSTOMERS.objects.order_by("external_id").values_list("name", "city")
    assert list(found) == [('=HYPERLINK("x")', "-1+1"), ("@Els", "+31")]


def test_numbers_and_moments_come_back_from_refused_rows(cast, bring_in, files):
    bring_in(cast.alice, "products", "sku,name\nP1,Bel\n")
    bring_in(cast.alice, "orders", "number,placed\nO1,2024-05-01 10:00\n")
    text = "line,order,product,quantity,price\n1,O1,P9,-3,-1.25\n"
    imported = bring_in(cast.alice, "order-lines", text)
    content = (files / imported.refused_file).read_text("utf-8-sig").replace("P9", "P1")
    bring_in(cast.alice, "order-lines", content)
    assert [(each.quantity, each.unit_price) for each in LINES.objects.all()] == [(-3, Decimal("-1.25"))]


def test_a_link_that_an_export_defused_finds_its_record(cast, bring_in):
    bring_in(cast.alice, "customers", "customer number,name\n-K1,Jan de Boer\n")
    imported = bring_in(cast.alice, "orders", "number,customer,placed\nO1,'-K1,2024-05-01 10:00\n")
    assert counts(imported) == {"created": 1, "changed": 0, "left": 0, "refused": 0}
    assert ORDERS.objects.get().customer.external_id == "-K1"


def test_own_links_go_by_what_the_records_are_called_and_come_out_again_so(cast, bring_in):
    for key, kind, target in (("via", "link", "customers"), ("adviser", "user", "")):
        CustomField.objects.create(record_type="customers", key=key, label=key, kind=kind, target=target)
    forget()
    bring_in(cast.alice, "customers", FILE)
    text = "Klantnummer;Naam;via;adviser\nK3;Piet;K1;bob@example.org\nK2;;Marieke van der Velden;\nK4;Anna;Niemand;\n"
    imported = bring_in(cast.alice, "customers", text)
    assert counts(imported) == {"created": 1, "changed": 1, "left": 0, "refused": 1}
    marieke = str(CUSTOMERS.objects.get(external_id="K1").id)
    assert CUSTOMERS.objects.get(external_id="K3").custom == {"via": marieke, "adviser": str(cast.bob.member_id)}
    assert CUSTOMERS.objects.get(external_id="K2").custom == {"via": marieke}
    table = Table(cast.alice, registry.get("customers"), None, ["external_id", "custom.via", "custom.adviser"], "")
    assert sorted(row[1:] for row in table) == [["K1", None, None], ["K2", "K1", None], ["K3", "K1", "Bob"]]


def test_new_customers_with_own_links_arrive_in_one_go(cast, bring_in):
    CustomField.objects.create(record_type="customers", key="via", label="via", kind="link", target="customers")
    CustomField.objects.create(record_type="customers", key="shoe", label="shoe", kind="number")
    forget()
    bring_in(cast.alice, "customers", FILE)
    bring_in(cast.alice, "customers", "Klantnummer;Naam;via;shoe\nK3;Piet;K1;43\nK4;Anna;;\nK5;Jan;K1;\n")
    marieke = str(CUSTOMERS.objects.get(external_id="K1").id)
    found = dict(CUSTOMERS.objects.filter(external_id__gt="K2").values_list("external_id", "custom"))
    assert found == {"K3": {"via": marieke, "shoe": 43}, "K4": {}, "K5": {"via": marieke}}
