import json
from datetime import timedelta
from typing import Any

import pytest

from klantbeeld.interactions.models import Interaction, Task
from klantbeeld.interactions.tests.conftest import NOON
from klantbeeld.platform.kernel.clock import fixed_clock


@pytest.fixture
def send(cast: Any, piet: Any) -> Any:
    def sent(name: str = "bob", customer: Any = piet, **given: str) -> Any:
        with fixed_clock(NOON):
            return cast.client(name).post(f"/customers/{customer.id}/write-down", given)

    return sent


def test_a_call_is_logged_with_its_length_and_stands_on_top(cast: Any, piet: Any, send: Any):
    answer = send(kind="call", text="Accu besproken", direction="in", at="2026-11-20T10:30", minutes="7")
    assert answer.status_code == 200
    call = Interaction.objects.get(customer=piet)
    assert (call.channel, call.direction, call.seconds, call.summary) == ("call", "in", 420, "Accu besproken")
    assert call.at == NOON - timedelta(hours=2, minutes=30)  # typed on the clock of Amsterdam
    assert call.member_id == cast.bob.member_id
    assert "answered a call" in answer.content.decode()
    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == "Call logged"
    piet.refresh_from_db()
    assert piet.last_contact_at == call.at


def test_a_time_that_nobody_touched_is_now(piet: Any, send: Any):
    send(kind="call", text="x", direction="out", at="2026-11-20T11:00", at_offered="2026-11-20T11:00")
    assert Interaction.objects.get(customer=piet).at == NOON


def test_a_note_is_internal_and_no_contact(piet: Any, send: Any):
    send(kind="note", text="Eerste regel\ntweede regel", direction="in")
    note = Interaction.objects.get(customer=piet)
    assert (note.channel, note.direction, note.summary) == ("note", "internal", "Eerste regel")
    assert note.body == "Eerste regel\ntweede regel"
    piet.refresh_from_db()
    assert piet.last_contact_at is None


def test_a_task_gets_a_title_and_a_day(cast: Any, piet: Any, send: Any):
    answer = send(kind="task", text="Terugbellen\nna twaalf uur", due_on="2026-11-23")
    task = Task.objects.get(customer=piet)
    assert (task.title, task.note, str(task.due_on)) == ("Terugbellen", "na twaalf uur", "2026-11-23")
    assert task.owner_id == cast.bob.member_id
    assert "panel:tasks" in json.loads(answer["HX-Trigger"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": "een uur"}, "whole minutes"),
        ({"at": "2026-11-21T10:00"}, "still to come"),
        ({"at": "gisteren"}, "is not a date and time"),
        ({"direction": "sideways"}, "is not one of"),
        ({"kind": "smoke"}, "Choose what it was"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_is_kept(piet: Any, send: Any, wrong: dict[str, str], said: str):
    answer = send(**{"kind": "call", "text": "Dit typte ik <net>", "direction": "in"} | wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Dit typte ik &lt;net&gt;</textarea>" in page
    assert not Interaction.objects.filter(customer=piet).exists()


def test_an_empty_text_is_refused(send: Any):
    assert "There is no text yet" in send(kind="note", text=" \n ").content.decode()


def test_nobody_writes_about_customers_they_may_not_see(cast: Any, klaas: Any, send: Any):
    assert send(customer=klaas, kind="note", text="x").status_code == 404
    assert not Interaction.objects.filter(customer=klaas).exists()


def test_who_may_only_read_gets_no_composer(cast: Any, piet: Any, agent_with: Any, send: Any):
    agent_with("interactions", create="none")
    agent_with("tasks", create="none")
    assert 'id="timeline-days"' in cast.client("bob").get(f"/customers/{piet.id}/").content.decode()
    assert send(kind="note", text="x").status_code == 403
