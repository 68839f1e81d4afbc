from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.transaction import atomic
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.interactions import queries
from klantbeeld.interactions.enums import Channel
from klantbeeld.interactions.models import Interaction
from klantbeeld.interactions.queries import counts, timeline
from klantbeeld.interactions.tests.conftest import NOON


def address(customer: Any) -> str:
    return f"/customers/{customer.id}/timeline"


def read_all(actor: Any, customer: Any, size: int, channels: Any = ()) -> list[Any]:
    with patch.object(queries, "PAGE_SIZE", size):
        found, cursor = [], ""
        while True:
            page = timeline(actor, customer.id, channels, cursor)
            found += page.rows
            cursor = page.next
            if not cursor:
                return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["mail", "call", "note"])), max_size=14),
    size=st.integers(1, 5),
    channels=st.sampled_from([(), ("call",), ("mail", "note")]),
)
def test_pages_have_no_gaps_and_no_repeats_even_with_equal_times(
    cast: Any, piet: Any, write: Any, entries: list[tuple[int, str]], size: int, channels: tuple[str, ...]
):
    Interaction.objects.filter(customer=piet).delete()
    for minutes, channel in entries:
        write(piet, at=NOON + timedelta(minutes=minutes), channel=channel)
    found = read_all(cast.alice, piet, size, channels)
    wanted = Interaction.objects.filter(customer=piet).order_by("-at", "-id")
    if channels:
        wanted = wanted.filter(channel__in=channels)
    assert [row["id"] for row in found] == list(wanted.values_list("id", flat=True))
    told = counts(cast.alice, piet.id)
    assert sum(told.get(each, 0) for each in channels or Channel.values) == len(found)


def test_a_colleague_of_another_team_gets_404(cast: Any, klaas: Any, write: Any):
    write(klaas)
    assert cast.client("bob").get(address(klaas)).status_code == 404
    assert cast.client("carol").get(address(klaas)).status_code == 200


def test_people_of_another_organisation_and_strangers_get_nothing(cast: Any, piet: Any):
    assert cast.client("eve").get(address(piet)).status_code == 403
    assert cast.client("dave").get(address(piet), headers={"host": "zuiderzee.example"}).status_code == 404


def test_a_hidden_text_is_not_shown(cast: Any, piet: Any, write: Any, agent_with: Any):
    write(piet, summary="Levertijd", body="Dit is geheim")
    agent_with("interactions", fields={"body": "hidden"})
    page = cast.client("bob").get(address(piet)).content.decode()
    assert "Levertijd" in page
    assert "geheim" not in page


def test_without_the_channel_there_is_no_timeline(cast: Any, piet: Any, agent_with: Any):
    agent_with("interactions", fields={"channel": "hidden"})
    assert cast.client("bob").get(address(piet)).status_code == 404
    assert 'id="timeline-days"' not in cast.client("bob").get(f"/customers/{piet.id}/").content.decode()


def test_an_order_that_may_not_be_read_is_not_revealed(cast: Any, piet: Any, make: Any, agent_with: Any):
    make(cast.bob, "orders", number="NF-777", customer=piet.id)
    assert "NF-777" in cast.client("bob").get(address(piet)).content.decode()
    agent_with("orders", read="none")
    page = cast.client("bob").get(address(piet)).content.decode()
    assert "NF-777" not in page
    assert 'id="toggle-order"' not in page


def test_an_order_stands_there_with_its_contents_total_and_status(cast: Any, piet: Any, make: Any):
    order = make(cast.bob, "orders", number="NF-778", customer=piet.id, status="completed")
    make(cast.bob, "order-lines", order=order.id, description="Kinderzitje", quantity=2, unit_price="89.95")
    page = cast.client("bob").get(address(piet)).content.decode()
    assert f'href="/orders/{order.id}/"' in page
    assert "Kinderzitje" in page
    assert "179.90" in page
    assert "Completed" in page


def test_what_customers_wrote_is_escaped(cast: Any, piet: Any, write: Any):
    write(piet, summary="<script>1</script>", body="<img src=x onerror=alert(1)>", member_id=None)
    page = cast.client("bob").get(address(piet)).content.decode()
    assert "<script>1" not in page
    assert "<img" not in page
    assert "&lt;img src=x" in page


def test_one_entry_and_thirty_take_the_same_number_of_queries(
    cast: Any, piet: Any, write: Any, make: Any, kept_for_long: None
):
    make(cast.bob, "orders", number="NF-0", customer=piet.id)
    client = cast.client("bob")
    client.get(address(piet))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address(piet))
    for number in range(1, 15):
        make(cast.bob, "orders", number=f"NF-{number}", customer=piet.id)
        write(piet)
    with CaptureQueriesContext(connection) as many:
        client.get(address(piet))
    assert len(many) == len(few)


def test_older_entries_go_on_within_the_day_without_its_heading(cast: Any, piet: Any, write: Any):
    for _ in range(31):
        write(piet)
    client = cast.client("bob")
    first = client.get(address(piet))
    assert first.content.decode().count('class="day"') == 1
    cursor = timeline(cast.bob, piet.id).next
    second = client.get(address(piet), {"cursor": cursor}).content.decode()
    assert second.count('class="entry"') == 1
    assert 'class="day"' not in second
    assert "timeline-toggles" not in second


def test_a_cursor_from_elsewhere_is_refused(cast: Any, piet: Any):
    answer = cast.client("bob").get(address(piet), {"cursor": "nonsense"})
    assert answer.status_code == 400


def test_unknown_channels_are_left_out(cast: Any, piet: Any, write: Any):
    write(piet)
    page = cast.client("bob").get(address(piet), {"channel": "smoke'--"}).content.decode()
    assert "Levertijd" in page


@pytest.mark.parametrize("change", [{"summary": "anders"}, {"at": NOON + timedelta(days=1)}])
def test_the_database_refuses_to_change_an_entry(cast: Any, piet: Any, write: Any, change: dict[str, Any]):
    entry = write(piet)
    with pytest.raises(DatabaseError, match="permission denied"), atomic():
        Interaction.objects.filter(pk=entry.pk).update(**change)
