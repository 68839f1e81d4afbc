"""The ledger says by itself who wrote an entry, when and from where; what goes from it leaves a trace."""

from typing import Any

from klantbeeld.interactions.models import Interaction
from klantbeeld.interactions.public import withdraw
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


def test_an_entry_says_who_wrote_it_and_from_where(cast: Any, piet: Any, make: Any):
    with entered(Scope(cast.tenant.id, cast.bob.member_id, "api:kassa")):
        entry = make(cast.bob, "interactions", customer=piet.id, channel="call", summary="Belde")
    row = reading.one(cast.alice, registry.get("interactions"), entry.pk)
    assert (row["written_by_id"], row["written_by__label"], row["origin"]) == (cast.bob.member_id, "Bob", "api:kassa")
    page = cast.client("alice").get(f"/interactions/{entry.pk}/").content.decode()
    assert "api:kassa" in page


def test_entries_that_go_with_their_customer_are_kept_in_history(cast: Any, piet: Any, write: Any):
    entry = write(piet, body="Lang verhaal")
    piet.delete()
    gone = Change.objects.get(record_id=entry.pk)
    assert (gone.action, gone.actor_id, gone.before["body"]) == ("delete", cast.alice.member_id, "Lang verhaal")


def test_entries_that_are_withdrawn_are_kept_in_history(cast: Any, piet: Any, write: Any):
    entry = write(piet, source="orders", source_id="1")
    withdraw("orders", ["1"])
    assert not Interaction.objects.exists()
    assert Change.objects.get(record_id=entry.pk).before["summary"] == "Levertijd"
