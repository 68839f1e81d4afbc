"""A pooled connection whose server went away is replaced before anyone gets it."""

import psycopg
import pytest
from django.db import connections
from psycopg_pool import ConnectionPool

from klantbeeld.platform.tenancy.engine.health import check


@pytest.fixture
def pool(db):
    settings = connections["owner"].get_connection_params() | {"autocommit": True}
    kept = ("host", "port", "user", "password", "dbname", "autocommit")
    with ConnectionPool(kwargs={name: settings.get(name) for name in kept}, min_size=1, check=check) as made:
        made.wait()
        yield made


def test_a_connection_that_the_server_closed_is_not_given_out(pool):
    with pool.connection() as first:
        lost = first.info.backend_pid
    with psycopg.connect(**pool.kwargs) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [lost])
    with pool.connection() as second:
        assert second.info.backend_pid != lost
        assert second.execute("SELECT 1").fetchone() == (1,)


def test_a_good_connection_is_given_out_again(pool):
    with pool.connection() as first:
        pid = first.info.backend_pid
    with pool.connection() as second:
        assert second.info.backend_pid == pid
