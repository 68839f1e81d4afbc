"""A connection that goes back to the pool remembers what its server knows of the scope, and nothing that isn't so."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.db import connections

from klantbeeld.platform.tenancy.engine.base import DatabaseWrapper
from klantbeeld.platform.tenancy.scope import Scope, entered

_KNOWN = "SELECT current_setting('klantbeeld.tenant', true), pg_backend_pid()"


@pytest.fixture
def borrow(committing_db):
    """Borrow the only connection of a pool, as a request does."""
    settings = deepcopy(connections.settings["default"])
    settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1}
    yield lambda: DatabaseWrapper(settings, alias="default")
    DatabaseWrapper(settings, alias="default").close_pool()


def known(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute(_KNOWN)
        return cursor.fetchone()


def test_the_next_one_need_not_tell_the_same_again(borrow):
    here = Scope(uuid4())
    with entered(here):
        first, second = borrow(), borrow()
        _tenant, server = known(first)
        first.close()
        second.ensure_connection()
        assert second.told == (str(here.tenant_id), "", here.origin)
        assert known(second) == (str(here.tenant_id), server)
        second.close()


def test_another_scope_is_told(borrow):
    for here in (Scope(uuid4()), Scope(uuid4())):
        with entered(here):
            wrapper = borrow()
            assert known(wrapper)[0] == str(here.tenant_id)
            wrapper.close()


def test_what_was_told_in_a_transaction_that_the_pool_ends_is_told_again(borrow):
    wrapper = borrow()
    known(wrapper)
    here = Scope(uuid4())
    with entered(here):
        wrapper.set_autocommit(False)
        assert known(wrapper)[0] == str(here.tenant_id)
        wrapper.close()
        after = borrow()
        assert known(after)[0] == str(here.tenant_id)
        after.close()


def test_somebody_of_another_organisation_is_looked_up_there(borrow):
    first, second = (str(uuid4()), "", "web"), (str(uuid4()), "", "web")
    wrapper = borrow()
    for within in (first, second):
        assert wrapper.first_row(within, _KNOWN, [])[0] == within[0]
    assert wrapper.told is None
    wrapper.close()
