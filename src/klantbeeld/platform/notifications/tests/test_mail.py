"""The mail: over a real line, once, in one's own language, at the right hour, and nothing that was seen already."""

import email
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import policy
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.notifications.mailing import send_due
from klantbeeld.platform.notifications.models import Notification, Preference, Rhythm
from klantbeeld.platform.notifications.moments import after_quiet, next_full_hour, next_time
from klantbeeld.platform.notifications.public import notify
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.scope import entered

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 20, 11, 12, tzinfo=UTC)  # 12:12 in Amsterdam


class Box:
    """What a mail server was given; `refuses` addresses it doesn't take."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refuses: set[str] = set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refuses:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class OnAnyPort(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    """A mail server of our own, to which Django is told to talk."""
    made = Box()
    controller = OnAnyPort(made, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.SITE_URL = False, "", "https://crm.example"
    yield made
    controller.stop()


def send_at(moment):
    with fixed_clock(moment), entered(None):
        return send_due()


def tell(cast, news, moment=NOON, **more):
    with fixed_clock(moment):
        notify(news, [cast.bob.member_id], about={"did": ["came by"]}, **more)


def test_what_was_not_seen_goes_out_at_the_next_hour_and_once(cast, news, box):
    cast.tenant.hosts = ["noorderlicht.example"]
    cast.tenant.save()
    tell(cast, news)
    assert send_at(NOON + timedelta(minutes=30)) == 0
    assert send_at(NOON + timedelta(minutes=50)) == 1
    assert send_at(NOON + timedelta(minutes=51)) == 0
    (mail,) = box.mails
    assert mail["To"] == "Bob <bob@example.org>"
    assert mail["Subject"] == "Noorderlicht Fietsen: 1 notification"
    text = mail.get_body(("plain",)).get_content()
    assert "Alice came by" in text
    told = Notification.objects.get()
    assert f"https://noorderlicht.example/notifications/{told.id}/" in text
    assert f"https://noorderlicht.example/notifications/{told.id}/" in mail.get_body(("html",)).get_content()


def test_what_was_seen_or_read_is_never_mailed(cast, news, box):
    tell(cast, news)
    cast.client("bob").get("/notifications/")
    tell(cast, news)
    cast.client("bob").post("/notifications/read")
    assert send_at(NOON + timedelta(days=2)) == 0
    assert box.mails == []


def test_it_is_in_the_language_of_who_reads_it(cast, news, box):
    User.objects.filter(email="bob@example.org").update(language="nl")
    tell(cast, news)
    send_at(NOON + timedelta(hours=1))
    assert box.mails[0]["Subject"] == "Noorderlicht Fietsen: 1 notificatie"


def test_nothing_comes_in_the_quiet_hours_even_when_the_worker_was_away(cast, news, box):
    Rhythm.objects.create(member_id=cast.bob.member_id, quiet_from=time(18), quiet_until=time(7, 30))
    tell(cast, news, NOON + timedelta(hours=6))
    tell(cast, news, NOON)
    assert send_at(datetime(2026, 11, 20, 20, tzinfo=UTC)) == 0
    assert send_at(datetime(2026, 11, 21, 6, 29, tzinfo=UTC)) == 0
    assert send_at(datetime(2026, 11, 21, 6, 30, tzinfo=UTC)) == 1
    assert box.mails[0]["Subject"].endswith(": 2 notifications")


def test_an_address_that_is_refused_keeps_nobody_else_waiting_and_is_tried_again(cast, news, box):
    box.refuses = {"bob@example.org"}
    with fixed_clock(NOON):
        notify(news, [cast.bob.member_id, cast.carol.member_id])
    assert send_at(NOON + timedelta(hours=1)) == 1
    assert Notification.objects.get(member_id=cast.bob.member_id).mailed_at is None
    box.refuses = set()
    assert send_at(NOON + timedelta(hours=1, minutes=16)) == 1
    assert [mail["To"] for mail in box.mails] == ["Carol <carol@example.org>", "Bob <bob@example.org>"]


def test_what_may_not_be_read_any_more_is_in_no_mail(cast, news, box, make):
    theirs = make(cast.carol, "customers", name="Klant van Carol")
    tell(cast, news, record=("customers", theirs.pk))
    assert send_at(NOON + timedelta(hours=1)) == 0
    assert box.mails == []


def test_what_one_wants_no_mail_of_is_not_mailed_from_then_on(cast, news, box):
    tell(cast, news)
    choices = {f"{name}-mail": "off" for name in ("news", "mention", "assigned", "comment", "change", "reminder")}
    given_times = {"daily_at": "08:00", "quiet_from": "", "quiet_until": "", "news-app": "on"}
    answer = cast.client("bob").post("/notifications/settings", choices | given_times)
    assert answer.status_code == 302, answer.content.decode()
    tell(cast, news)
    assert send_at(NOON + timedelta(days=2)) == 0
    assert Notification.objects.count() == 2


def test_half_of_the_quiet_hours_is_refused_and_nothing_is_stored(cast, news):
    answer = cast.client("bob").post("/notifications/settings", {"daily_at": "08:00", "quiet_from": "22:00"})
    assert answer.status_code == 422
    assert "both ends" in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_daily_mail_keeps_its_time_when_the_clock_changes():
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_time(before, AMSTERDAM, time(8)) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert next_time(before, AMSTERDAM, time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert next_time(autumn, AMSTERDAM, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.times(), st.times())
def test_a_moment_that_was_put_off_is_never_quiet_and_never_earlier(moment, quiet_from, quiet_until):
    at = moment.replace(tzinfo=UTC)
    rest = after_quiet(at, AMSTERDAM, quiet_from, quiet_until)
    assert rest >= at
    assert rest - at <= timedelta(hours=25)
    assert at < next_full_hour(at, AMSTERDAM) <= at + timedelta(hours=1)
