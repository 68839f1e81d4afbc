"""Making isolation true in the database: policies, same-tenant links and grants, put on after every migration.

It is found by introspection and idempotent, so a new table can't be forgotten: whatever has a `tenant_id` is sealed.
Other packages add steps (`register`), such as the triggers of history.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.utils import CursorWrapper

from klantbeeld.platform.tenancy import statistics
from klantbeeld.platform.tenancy.models import InTenant, TenantForeignKey

Step = Callable[[CursorWrapper], None]
_steps: dict[str, Step] = {}

TENANT_IS_CURRENT = "tenant_id = NULLIF(current_setting('klantbeeld.tenant', true), '')::uuid"

# Comparisons that reveal nothing but their result. PostgreSQL doesn't say so of them itself, and without it a policy
# keeps them from using an index. Only a superuser may say it; elsewhere such filters are slower, not wrong.
LEAKPROOF = (
    "numeric_eq(numeric,numeric)",
    "numeric_ne(numeric,numeric)",
    "numeric_lt(numeric,numeric)",
    "numeric_le(numeric,numeric)",
    "numeric_gt(numeric,numeric)",
    "numeric_ge(numeric,numeric)",
    "texticlike(text,text)",
    "textlike(text,text)",
    "ts_match_vq(tsvector,tsquery)",
    "arraycontains(anyarray,anyarray)",
    "arrayoverlap(anyarray,anyarray)",
    "jsonb_object_field_text(jsonb,text)",
    "jsonb_object_field(jsonb,text)",
    "jsonb_eq(jsonb,jsonb)",
    "jsonb_lt(jsonb,jsonb)",
    "jsonb_le(jsonb,jsonb)",
    "jsonb_gt(jsonb,jsonb)",
    "jsonb_ge(jsonb,jsonb)",
)


def register(name: str, step: Step) -> None:
    """Add a step that runs after the policies are in place. Raises ValueError when the name is taken."""
    if name in _steps:
        raise ValueError(f"The sealing step {name!r} is registered already.")
    _steps[name] = step


def tenant_models() -> Iterator[type[InTenant]]:
    """Every concrete model whose rows belong to a tenant."""
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, InTenant) and model._meta.managed and not model._meta.proxy:
            yield model


def seal(cursor: CursorWrapper) -> None:
    """Bring policies, links and grants in line with the models. `cursor` must be the owner's."""
    _role(cursor)
    for model in tenant_models():
        _policy(cursor, model._meta.db_table)
    for table, link in _links():
        _key(cursor, link.related_model._meta.db_table)
        _link(cursor, table, link)
    statistics.put_on(cursor)
    for step in _steps.values():
        step(cursor)
    _leakproof(cursor)


def _links() -> "Iterator[tuple[str, models.ForeignKey[Any, Any]]]":
    for model in tenant_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, TenantForeignKey):
                yield model._meta.db_table, field


def _role(cursor: CursorWrapper) -> None:
    role = settings.APP_ROLE
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {role} NOLOGIN NOBYPASSRLS")
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {role} TO CURRENT_USER")
    cursor.execute(
        f"GRANT USAGE ON SCHEMA public TO {role};"  # noqa: S608 - the role is a setting, not input
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};"
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};"
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};"
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}"
    )


def _policy(cursor: CursorWrapper, table: str) -> None:
    cursor.execute("SELECT 1 FROM pg_policies WHERE tablename = %s AND policyname = 'own_tenant'", [table])
    if cursor.fetchone() is None:
        cursor.execute(
            f'CREATE POLICY own_tenant ON "{table}" USING ({TENANT_IS_CURRENT}) WITH CHECK ({TENANT_IS_CURRENT})'
        )
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')


def _has_constraint(cursor: CursorWrapper, table: str, name: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s", [f'"{table}"', name])
    return cursor.fetchone() is not None


def _key(cursor: CursorWrapper, table: str) -> None:
    name = f"{table[:50]}_in_tenant"
    if not _has_constraint(cursor, table, name):
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (tenant_id, id)')


def _link(cursor: CursorWrapper, table: str, field: "models.ForeignKey[Any, Any]") -> None:
    name = f"{table[:24]}_{field.column[:24]}_same_tenant"
    target = field.related_model._meta.db_table
    if not _has_constraint(cursor, table, name):
        cursor.execute(
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (tenant_id, "{field.column}")'
            f' REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED NOT VALID'
        )
        cursor.execute(f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{name}"')


def _leakproof(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:
        return
    for function in LEAKPROOF:
        cursor.execute("SELECT proleakproof FROM pg_proc WHERE oid = %s::regprocedure", [function])
        if not cursor.fetchone()[0]:
            cursor.execute(f"ALTER FUNCTION {function} LEAKPROOF")
