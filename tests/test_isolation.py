"""No organisation can read, write or refer to another's rows: for every table, by the ORM and by plain SQL."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from klantbeeld.platform.tenancy.models import Tenant, TenantForeignKey
from klantbeeld.platform.tenancy.scope import NoTenant, Scope, entered
from klantbeeld.platform.tenancy.sealing import tenant_models
from tests.factory import make

MODELS = sorted(tenant_models(), key=lambda model: model._meta.label)
LINKS = [
    (model, field) for model in MODELS for field in model._meta.concrete_fields if isinstance(field, TenantForeignKey)
]
# Tables that belong to the installation: accounts, sessions, the queue of jobs (which holds ids only), Django's own.
SHARED = {
    "tenancy_tenant",
    "people_user",
    "organisation_setuplink",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "people_session",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
    "people_brake",
    "people_count",
    "procrastinate_events",
    "procrastinate_jobs",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def touched(statement: str, *values: Any) -> int:
    """How many rows a statement reached; none where the product's role may not even try."""
    try:
        with transaction.atomic():
            return sql(statement, *values)
    except DatabaseError as refused:
        if "permission denied" not in str(refused):
            raise
        return 0


@pytest.fixture
def tenants(db: None) -> tuple[Tenant, Tenant]:
    return Tenant.objects.create(slug="ours", name="Ours"), Tenant.objects.create(slug="theirs", name="Theirs")


def test_every_table_is_sealed_or_known_to_be_shared(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid"
            " AND a.attname = 'tenant_id') FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind IN ('r', 'p')"
        )
        tables = {name: (sealed, has_tenant) for name, sealed, has_tenant in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_policies WHERE cmd = 'ALL'")
        with_policy = {row[0] for row in cursor.fetchall()}
    owned = {name for name, (_sealed, has_tenant) in tables.items() if has_tenant}
    assert {name for name in owned if tables[name][0]} & with_policy == owned
    assert set(tables) - owned == SHARED


def test_the_product_runs_under_a_role_that_policies_bind(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("klantbeeld_app", False)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_rows_of_another_tenant_can_be_neither_read_nor_written(model, tenants):
    ours, theirs = tenants
    table = model._meta.db_table
    with entered(Scope(theirs.id)):
        row = make(model)
    with entered(Scope(ours.id)):
        assert not model._base_manager.filter(pk=row.pk).exists()
        assert sql(f'SELECT 1 FROM "{table}" WHERE id = %s', row.pk) == 0
        for change in (
            'UPDATE "{}" SET tenant_id = %s WHERE id = %s',
            'DELETE FROM "{}" WHERE tenant_id <> %s AND id = %s',
        ):
            assert touched(change.format(table), str(ours.id), row.pk) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            make(model, tenant=theirs)
    with entered(Scope(theirs.id)):
        assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_without_a_tenant_there_are_no_rows(model, tenants):
    with entered(Scope(tenants[0].id)):
        make(model)
    with entered(None):
        assert not model._base_manager.exists()
        assert sql(f'SELECT 1 FROM "{model._meta.db_table}"') == 0


@pytest.mark.parametrize(("model", "field"), LINKS, ids=lambda part: getattr(part, "name", None) or part._meta.label)
def test_a_row_of_another_tenant_cannot_be_referred_to(model, field, tenants):
    ours, theirs = tenants
    with entered(Scope(theirs.id)):
        target = make(field.related_model)
    with entered(Scope(ours.id)), pytest.raises(DatabaseError, match="same_tenant"), transaction.atomic():
        make(model, **{f"{field.name}_id": target.pk})
        sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_row_cannot_be_made_outside_any_tenant(db):
    from klantbeeld.platform.people.models import Team

    with entered(None), pytest.raises(NoTenant):
        Team(name="Nowhere")


def test_a_rollback_does_not_leave_the_server_with_another_tenant(tenants):
    from klantbeeld.platform.people.models import Team

    ours, theirs = tenants
    with entered(Scope(theirs.id)):
        Team.objects.create(name="Theirs")
    with entered(Scope(ours.id)):
        with pytest.raises(ZeroDivisionError), transaction.atomic(), entered(Scope(theirs.id)):
            assert Team.objects.count() == 1
            raise ZeroDivisionError
        assert Team.objects.count() == 0


def test_functions_that_run_as_the_owner_look_for_nothing_in_temporary_tables(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
            " AND proname LIKE 'klantbeeld%'"
        )
        paths = {
            name: [each.removeprefix("search_path=") for each in config or () if each.startswith("search_path=")]
            for name, config in cursor.fetchall()
        }
    assert paths
    assert {name for name, found in paths.items() if not found or not found[0].endswith(", pg_temp")} == set()
