import json
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from conftest import make_cast
from django.conf import settings

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.collaboration.actions.write_comment import Given, write_comment
from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.jobs.progress import tell
from klantbeeld.platform.notifications.actions.notify import tell_live
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.site.live.entrance import admit

DEADLINE = 20.0
SOURCE = Path(__file__).parents[3]


class Stream:
    """A browser's EventSource without a window."""

    def __init__(self, port, cookie="", host="testserver", **headers):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        self.connection.putrequest("GET", "/live", skip_host=True)
        self.connection.putheader("Host", f"{host}:{port}")
        if cookie:
            self.connection.putheader("Cookie", f"{settings.SESSION_COOKIE_NAME}={cookie}")
        for name, value in headers.items():
            self.connection.putheader(name, value)
        self.connection.endheaders()
        self.answer = self.connection.getresponse()

    def next(self):
        """The next message; None at the end of the stream. Fails after the deadline, whatever keeps the line alive."""
        end = time.monotonic() + DEADLINE
        while line := self.answer.readline():
            assert time.monotonic() < end, "nothing came in time"
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))
        return None

    def close(self):
        self.connection.sock and self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.answer.close()
        self.connection.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        return Stream(port).answer.status == 403
    except OSError:
        return False


def wait_until(holds):
    end = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < end, "it didn't happen in time"


@pytest.fixture
def world(committing_db):
    made = make_cast()
    with entered(Scope(made.tenant.id, made.alice.member_id, "web")):
        yield made


@pytest.fixture
def live(world, database_name):
    owner = settings.DATABASES["owner"]
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "klantbeeld.config.settings",
        "DATABASE_URL": f"postgresql://{owner['USER']}:{owner['PASSWORD']}@{owner['HOST']}:{owner['PORT']}/{database_name}",
        "KLANTBEELD_HOSTS": "*",
        "KLANTBEELD_SECRET_KEY": settings.SECRET_KEY,
        "KLANTBEELD_LIVE_CHECK_SECONDS": "1",
    }
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--port", str(port), "--no-ws"]
    process = subprocess.Popen(
        [*command, "klantbeeld.config.live:application"], env=environment, start_new_session=True
    )
    wait_until(lambda: answers(port))
    yield port
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=DEADLINE)


def cookie(world, name):
    return world.client(name).cookies[settings.SESSION_COOKIE_NAME].value


def as_server(query):
    """The number that a query gives to somebody who sees every connection."""
    owner = settings.DATABASES["owner"]
    given = {"host": owner["HOST"], "port": owner["PORT"], "user": owner["USER"], "password": owner["PASSWORD"]}
    with psycopg.connect(dbname=owner["NAME"], autocommit=True, **given) as server:
        return server.execute(query).fetchone()[0]


LISTENING = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"


def make(actor, slug, **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def test_a_change_reaches_those_who_may_read_it_and_nobody_else(world, live):
    alice, bob = Stream(live, cookie(world, "alice")), Stream(live, cookie(world, "bob"))
    dave = Stream(live, cookie(world, "dave"), host="zuiderzee.example")
    assert [each.answer.status for each in (alice, bob, dave)] == [200, 200, 200]
    make(world.alice, "products", name="Bakfiets", sku="B1", price="1")
    assert alice.next() == {"event": "records.products", "slug": "products"}
    assert bob.next() == {"event": "records.products", "slug": "products"}
    with entered(Scope(world.other_tenant.id, world.dave.member_id, "web")):
        make(world.dave, "customers", name="Zeilmaker")
    # What comes first is what comes at all: nothing of Noorderlicht was before it.
    assert dave.next() == {"event": "records.customers", "slug": "customers"}
    assert as_server(f"SELECT count(*) {LISTENING}") == 1


def test_what_somebody_is_told_reaches_only_them_and_says_nothing(world, live):
    alice, bob = Stream(live, cookie(world, "alice")), Stream(live, cookie(world, "bob"))
    tell_live([world.bob.member_id])
    tell_live([world.alice.member_id])
    assert alice.next() == bob.next() == {"event": "notifications"}
    make(world.alice, "products", name="Bakfiets", sku="B1", price="1")
    assert bob.next() == alice.next() == {"event": "records.products", "slug": "products"}


def test_a_comment_reaches_those_who_may_read_such_records(world, live):
    customer = make(world.alice, "customers", name="Piet")
    Role.objects.filter(name="Agent").update(grants={"records": {"products": {"read": "all"}}})
    alice, bob = Stream(live, cookie(world, "alice")), Stream(live, cookie(world, "bob"))
    write_comment(world.alice, registry.get("customers"), customer.pk, Given("Hallo"))
    make(world.alice, "products", name="Bakfiets", sku="B1", price="1")
    assert alice.next() == {"event": f"comments.{customer.pk}"}
    assert bob.next() == {"event": "records.products", "slug": "products"}


def test_a_job_reaches_only_whom_it_works_for(world, live):
    alice, bob = Stream(live, cookie(world, "alice")), Stream(live, cookie(world, "bob"))
    hers = Job.objects.create(kind="import", title="Hers", member_id=world.alice.member_id)
    his = Job.objects.create(kind="import", title="His", member_id=world.bob.member_id)
    tell(hers)
    tell(his)
    assert bob.next() == {"event": "job", "id": str(his.id)}
    assert alice.next() == {"event": "job", "id": str(hers.id)}


def test_a_burst_of_changes_is_told_in_two_messages(world, live):
    alice = Stream(live, cookie(world, "alice"))
    for number in range(20):
        make(world.alice, "products", name=f"Fiets {number}", sku=f"F{number}", price="1")
    make(world.alice, "customers", name="Marieke")
    events = [alice.next()["event"] for _ in range(3)]
    assert sorted(events) == ["records.customers", "records.products", "records.products"]


@pytest.mark.parametrize("given", ["", "nonsense", "eve"])
def test_strangers_get_no_stream(world, live, given):
    assert Stream(live, cookie(world, "eve") if given == "eve" else given).answer.status == 403


def test_another_sites_page_can_not_read_it(world, live):
    bob = cookie(world, "bob")
    assert Stream(live, bob, Origin="https://evil.example").answer.status == 403
    ours = Stream(live, bob, Origin="http://testserver:8000").answer
    assert ours.status == 200
    assert ours.headers["Access-Control-Allow-Origin"] == "http://testserver:8000"
    assert ours.headers["Access-Control-Allow-Credentials"] == "true"


def test_the_stream_ends_when_the_session_does(world, live):
    bob = world.client("bob")
    stream = Stream(live, bob.cookies[settings.SESSION_COOKIE_NAME].value)
    assert stream.answer.status == 200
    bob.session.flush()
    assert stream.next() is None


def test_the_stream_ends_when_the_member_is_shut_out(world, live):
    stream = Stream(live, cookie(world, "bob"))
    Member.objects.filter(id=world.bob.member_id).update(active=False)
    assert stream.next() is None


def test_who_closes_a_page_makes_room_for_another(world, live):
    bob = cookie(world, "bob")
    streams = [Stream(live, bob) for _ in range(12)]
    assert {each.answer.status for each in streams} == {200}
    assert Stream(live, bob).answer.status == 429
    streams[0].close()
    wait_until(lambda: Stream(live, bob).answer.status == 200)


def test_after_the_database_was_away_everybody_is_told_to_look_again(world, live):
    alice = Stream(live, cookie(world, "alice"))
    make(world.alice, "products", name="Bakfiets", sku="B1", price="1")
    assert alice.next()["event"] == "records.products"
    assert as_server(f"SELECT count(pg_terminate_backend(pid)) {LISTENING}") == 1
    told = {alice.next()["event"] for _ in range(4)}
    assert "records.customers" in told


def test_who_has_to_set_up_a_second_step_first_watches_nothing(cast):
    Role.objects.filter(name="Agent").update(second_step=True)
    keys = {who: cast.client(who).cookies["klantbeeld_session"].value for who in ("alice", "bob")}
    assert admit("testserver", keys["bob"]) is None
    assert admit("testserver", keys["alice"]) is not None
