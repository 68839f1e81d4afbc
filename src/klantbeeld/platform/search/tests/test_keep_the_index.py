"""The index is what the records are, in the transaction that writes them."""

from django.core.management import call_command
from django.db import connection, transaction

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.finding import find
from klantbeeld.platform.search.indexing import index
from klantbeeld.platform.search.models import Entry, Word


def make(actor, slug="customers", **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def test_a_change_is_found_at_once_and_the_old_name_no_more(cast):
    customers = registry.get("customers")
    made = make(cast.alice, name="Piet de Wit")
    customers.writer(customers, cast.alice).change(made.id, {"name": "Kees de Wit"})
    assert [hit.title for hit in find(cast.alice, "kees")] == ["Kees de Wit"]
    assert find(cast.alice, "piet") == []


def test_a_rollback_leaves_nothing(cast):
    with transaction.atomic():
        make(cast.alice, name="Piet de Wit")
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


def test_what_is_deleted_is_forgotten_with_all_that_goes_with_it(cast):
    customers = registry.get("customers")
    made = make(cast.alice, name="Piet de Wit")
    make(cast.alice, "tasks", title="Call Piet", customer=str(made.id))
    assert Entry.objects.count() == 2
    customers.model.objects.filter(pk=made.pk).delete()
    assert not Entry.objects.filter(record_id=made.pk).exists()
    assert Entry.objects.count() == registry.get("tasks").model.objects.count()


def test_many_records_take_as_many_queries_as_one(cast, django_assert_max_num_queries):
    customers = registry.get("customers")
    one = customers.model.objects.create(name="Een", sort_name="een")
    with django_assert_max_num_queries(6):
        index(customers, [one.id])
    many = customers.model.objects.bulk_create(
        customers.model(name=f"Klant {number}", sort_name=str(number)) for number in range(1200)
    )
    with django_assert_max_num_queries(7):
        index(customers, [each.id for each in many])
    assert Entry.objects.count() == 1201


def test_what_did_not_change_is_not_written_again(cast):
    made = make(cast.alice, name="Piet de Wit")
    before = Entry.objects.values_list("updated_at").get()
    customers = registry.get("customers")
    customers.writer(customers, cast.alice).change(made.id, {"language": "nl"})
    assert Entry.objects.values_list("updated_at").get() == before


def test_a_type_that_declares_no_search_is_not_indexed(cast):
    made = make(cast.alice, name="Piet de Wit")
    make(cast.alice, "addresses", customer=str(made.id), kind="billing", city="Zwolle")
    assert list(Entry.objects.values_list("record_type", flat=True)) == ["customers"]


def test_the_index_can_be_built_anew(cast, capsys):
    make(cast.alice, name="Piet de Wit")
    Entry.objects.all().delete()
    Word.objects.create(word="oud")
    call_command("reindex")
    assert [hit.title for hit in find(cast.alice, "piet")] == ["Piet de Wit"]
    assert [hit.title for hit in find(cast.alice, "peit")] == ["Piet de Wit"]
    assert not Word.objects.filter(word="oud").exists()
    assert capsys.readouterr().out.splitlines() == ["Noorderlicht Fietsen: 1", "Zuiderzee Zeilen: 0"]


def test_the_waiting_list_is_sorted_in_without_a_tenant(cast):
    from klantbeeld.platform.search.tasks import sort_in
    from klantbeeld.platform.tenancy.scope import entered

    make(cast.alice, name="Piet de Wit")
    with entered(None):
        sort_in(0)
    assert [hit.title for hit in find(cast.alice, "piet")] == ["Piet de Wit"]


def test_work_on_the_index_is_for_the_product_only(cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND proname LIKE 'klantbeeld_search%%'"
            " AND has_function_privilege('public', oid, 'EXECUTE')"
        )
        assert cursor.fetchall() == []
