"""Undoing an import as a whole."""

import threading

from conftest import make_cast
from django.db import connections

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.jobs.public import prepare, run_here
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer import undoing
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.tests.test_import import CUSTOMERS, FILE, INTERACTIONS, LINES, ORDERS

NOTHING = {"deleted": 0, "restored": 0, "kept": 0, "held": 0, "barred": 0}


def undo(actor, imported):
    imported.undo_job = prepare(actor, "undo", "x", {"import": str(imported.id)})
    imported.save()
    run_here(imported.undo_job)
    found = Import.objects.select_related("undo_job").get(id=imported.id)
    assert found.undo_job.state == "done"
    return found.undone


def test_what_was_added_goes_with_all_that_belongs_to_it(cast, bring_in):
    imported = bring_in(cast.alice, "customers", FILE)
    assert undo(cast.alice, imported) == {**NOTHING, "deleted": 2}
    assert not CUSTOMERS.objects.exists()
    assert not registry.get("identifiers").model.objects.exists()


def test_what_was_changed_gets_its_former_values_back_sort_name_included(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    before = CUSTOMERS.objects.values().get(external_id="K1")
    text = "Klantnummer;Naam;Plaats\nK1;Els de Boer;Zeist\nK1;Els de Boer;Epe\n"
    imported = bring_in(cast.alice, "customers", text)
    assert undo(cast.alice, imported)["restored"] == 1
    after = CUSTOMERS.objects.values().get(external_id="K1")
    assert {name: after[name] for name in after if name != "updated_at"} == {
        name: before[name] for name in before if name != "updated_at"
    }


def test_what_somebody_changed_since_stays(cast, bring_in):
    imported = bring_in(cast.alice, "customers", FILE)
    customers = registry.get("customers")
    customers.writer(customers, cast.alice).change(CUSTOMERS.objects.get(external_id="K1").pk, {"city": "Epe"})
    assert undo(cast.alice, imported) == {**NOTHING, "deleted": 1, "kept": 1}
    assert CUSTOMERS.objects.get().city == "Epe"


def test_a_value_that_was_changed_again_stays_and_the_others_go_back(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    imported = bring_in(cast.alice, "customers", "Klantnummer;Plaats;Telefoon\nK1;Zeist;0302345678\n")
    customers = registry.get("customers")
    customers.writer(customers, cast.alice).change(CUSTOMERS.objects.get(external_id="K1").pk, {"city": "Epe"})
    undo(cast.alice, imported)
    one = CUSTOMERS.objects.get(external_id="K1")
    assert (one.city, one.phone) == ("Epe", "+31628419037")


def test_what_others_refer_to_stays_until_they_are_undone(cast, bring_in):
    customers = bring_in(cast.alice, "customers", FILE)
    orders = bring_in(cast.alice, "orders", "number,customer,placed\nO1,K1,2024-05-01 10:00\n")
    lines = bring_in(cast.alice, "order-lines", "line,order,quantity,price\n1,O1,3,2\n")
    assert undo(cast.alice, customers) == {**NOTHING, "deleted": 1, "held": 1}
    assert undo(cast.alice, lines)["deleted"] == 1
    assert (ORDERS.objects.get().total, LINES.objects.count()) == (0, 0)
    assert undo(cast.alice, orders)["deleted"] == 1
    assert not INTERACTIONS.objects.exists()
    assert CUSTOMERS.objects.get().order_count == 0


def test_entries_of_the_ledger_go_too(cast, bring_in):
    bring_in(cast.alice, "customers", FILE)
    text = "customer,when,channel,direction,summary\nK1,2024-06-01 10:00,call,in,Belde\n"
    imported = bring_in(cast.alice, "interactions", text)
    assert undo(cast.alice, imported)["deleted"] == 1
    assert not INTERACTIONS.objects.exists()


def test_a_colleague_may_not_undo_it(cast, bring_in):
    imported = bring_in(cast.bob, "customers", FILE)
    assert cast.client("carol").post(f"/import/{imported.id}/undo").status_code == 404


def allowed(cast, **actions):
    """Give agents these rights, and Bob as he is then."""
    line = {"read": "team", "create": "team", "change": "team", "delete": "own"} | actions
    Role.objects.filter(name="Agent").update(grants={"records": {"*": line}})
    return of_member(cast.tenant, cast.bob.member_id)


def test_who_may_not_delete_any_more_does_not_by_undoing(cast, bring_in):
    imported = bring_in(cast.bob, "customers", FILE)
    assert undo(allowed(cast, delete="none"), imported) == {**NOTHING, "barred": 2}
    assert CUSTOMERS.objects.count() == 2


def test_what_was_given_to_another_team_stays(cast, bring_in):
    imported = bring_in(cast.bob, "customers", FILE)
    CUSTOMERS.objects.filter(external_id="K1").update(owner=cast.carol.member_id)
    assert undo(cast.bob, imported) == {**NOTHING, "deleted": 1, "barred": 1}


def test_who_may_not_change_any_more_does_not_by_undoing(cast, bring_in):
    bring_in(cast.bob, "customers", FILE)
    imported = bring_in(cast.bob, "customers", "Klantnummer;Plaats\nK1;Zeist\nK2;Zeist\n")
    assert undo(allowed(cast, change="none"), imported) == {**NOTHING, "barred": 2}
    assert set(CUSTOMERS.objects.values_list("city", flat=True)) == {"Zeist"}


def test_a_field_that_one_may_not_write_any_more_does_not_go_back(cast, bring_in):
    bring_in(cast.bob, "customers", FILE)
    imported = bring_in(cast.bob, "customers", "Klantnummer;Plaats;Telefoon\nK1;Zeist;0302345678\n")
    assert undo(allowed(cast, fields={"phone": "read"}), imported)["restored"] == 1
    one = CUSTOMERS.objects.get(external_id="K1")
    assert (one.city, one.phone) == ("Utrecht", "+31302345678")


def test_a_change_that_comes_while_records_are_looked_at_is_kept(committing_db, files, bring_in, monkeypatch):
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "test")):
        imported = bring_in(cast.alice, "customers", FILE)
        waited = []

        def change():
            try:
                with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
                    CUSTOMERS.objects.filter(external_id="K1").update(city="Epe")
            finally:
                connections.close_all()

        looked = undoing.Undo._held

        def held(self, ids):
            changing = threading.Thread(target=change)
            changing.start()
            changing.join(timeout=1.0)
            waited.append(changing)
            return looked(self, ids)

        monkeypatch.setattr(undoing.Undo, "_held", held)
        assert undo(cast.alice, imported)["deleted"] == 2
        waited[0].join()
        assert len(waited) == 1
        # The change found nothing to change, rather than being lost after it was made.
        assert not Change.objects.filter(origin="web", action="change").exists()


def test_entries_of_the_ledger_that_stay_are_looked_at_once(cast, bring_in):
    bring_in(cast.bob, "customers", FILE)
    text = "customer,when,channel,direction,summary\nK1,2024-06-01 10:00,call,in,Belde\n"
    imported = bring_in(cast.bob, "interactions", text)
    assert undo(allowed(cast, delete="none"), imported) == {**NOTHING, "barred": 1}
