"""A connection that goes back to the pool remembers what its server knows of the scope, and nothing that isn't so."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.db import DataError, connections

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


def test_what_was_told_in_a_transaction_that_failed_in_silence_is_told_again(borrow):
    before, here = Scope(uuid4()), Scope(uuid4())
    wrapper = borrow()
    with entered(before):
        known(wrapper)
    with entered(here):
        wrapper.set_autocommit(False)
        known(wrapper)
        with pytest.raises(DataError), wrapper.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        wrapper.commit()
        wrapper.set_autocommit(True)
        assert known(wrapper)[0] == str(here.tenant_id)
    wrapper.close()


def test_a_column_that_got_another_type_is_read_on(borrow):
    wrapper = borrow()
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people (name varchar(5))")
        cursor.execute("INSERT INTO people VALUES ('Sanne')")
    for length in (10, 20, 30):
        with wrapper.prepared() as cursor:
            cursor.execute("SELECT name FROM people WHERE name = %s", ["Sanne"])
            assert cursor.fetchall() == [("Sanne",)]
        with wrapper.cursor() as cursor:
            # In a block, for the driver would notice, as it doesn't when a migration does it on another connection.
            cursor.execute(f"DO 'BEGIN ALTER TABLE people ALTER COLUMN name TYPE varchar({length}); END'")
    wrapper.close()


def test_nothing_of_a_statement_that_fails_stays_on_the_server(borrow):
    wrapper = borrow()
    for _time in range(3):
        with pytest.raises(DataError), wrapper.prepared() as cursor:
            cursor.execute("SELECT 1 / %s::int", [0])
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 1 /%'")
        assert cursor.fetchone() == (0,)
    wrapper.close()
