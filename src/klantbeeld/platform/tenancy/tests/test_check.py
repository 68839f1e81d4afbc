"""A pooled connection whose server went away is replaced before anyone gets it."""

import psycopg
import pytest
from django.db import connections


@pytest.fixture
def pooled(committing_db):
    settings = connections["owner"].settings_dict
    pool = {"min_size": 1, "max_size": 1, "timeout": 10}
    connections.settings["pooled"] = {**settings, "OPTIONS": {**settings["OPTIONS"], "pool": pool}}
    made = connections["pooled"]
    yield made
    made.close()
    made.close_pool()
    del connections["pooled"], connections.settings["pooled"]


def taken(pooled):
    """The process of the server that the next request works with."""
    pooled.close()
    with pooled.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_connections_that_the_server_closed_are_not_given_out(pooled):
    lost = taken(pooled)
    pooled.close()
    settings = pooled.get_connection_params()
    with psycopg.connect(
        **{name: settings.get(name) for name in ("host", "port", "user", "password", "dbname")}
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [lost])
    assert taken(pooled) != lost


def test_a_good_connection_is_given_out_again(pooled):
    assert taken(pooled) == taken(pooled)
