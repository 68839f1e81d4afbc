"""A customer of Bob's, and records through the write path."""

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import make_cast

from klantbeeld.customers.public import Customer
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


@pytest.fixture
def change() -> Any:
    """Change a record through the write path."""

    def changed(actor: Any, slug: str, record: Any, **values: Any) -> Any:
        record_type = registry.get(slug)
        return record_type.writer(record_type, actor).change(record.pk, values)

    return changed


@pytest.fixture
def delete() -> Any:
    """Delete a record through the write path."""

    def deleted(actor: Any, slug: str, record: Any) -> None:
        record_type = registry.get(slug)
        record_type.writer(record_type, actor).delete(record.pk)

    return deleted


@pytest.fixture
def piet(cast: Any) -> Customer:
    return Customer.objects.create(name="Piet de Boer", sort_name="boer piet de", owner_id=cast.bob.member_id)


@pytest.fixture
def klaas(cast: Any) -> Customer:
    return Customer.objects.create(name="Klaas Mus", sort_name="mus klaas", owner_id=cast.bob.member_id)


@pytest.fixture
def world(committing_db: None) -> Iterator[Any]:
    """The cast in a database in which transactions commit, with Alice at work."""
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        yield cast
