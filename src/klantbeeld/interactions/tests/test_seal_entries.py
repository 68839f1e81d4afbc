"""What may not be read of an order can't be read from the ledger either."""

from typing import Any

import pytest

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry

NUMBER = "NF-777"
ASKED = {"all": [{"field": "summary", "op": "is", "value": NUMBER}]}


def seen_by(actor: Any) -> list[str]:
    """The summaries that a list, a count and a condition on the customers give away."""
    ledger, customers = registry.get("interactions"), registry.get("customers")
    asked = conditions.parse(ASKED)
    about = conditions.parse({"all": [{"related": "interactions", "where": ASKED, "exists": True}]})
    listed = [row["summary"] for row in reading.page(actor, ledger, reading.Query(), ("summary",)).rows]
    counted = reading.number(actor, ledger, asked).number
    assert counted == reading.number(actor, customers, about).number == listed.count(NUMBER)
    return listed


@pytest.fixture
def order(cast: Any, piet: Any, make: Any, write: Any) -> Any:
    write(piet, summary="Belde over de levertijd")
    return make(cast.alice, "orders", number=NUMBER, customer=piet.id)


def test_who_may_read_no_orders_finds_no_number_anywhere(cast: Any, order: Any, agent_with: Any):
    assert NUMBER in seen_by(cast.bob)
    bob = agent_with("orders", read="none")
    assert seen_by(bob) == ["Belde over de levertijd"]
    for page in ("/interactions/", "/"):
        assert NUMBER not in cast.client("bob").get(page).content.decode()


def test_an_order_out_of_reach_gives_nothing_away_to_who_reads_every_entry(
    cast: Any, piet: Any, klaas: Any, make: Any, agent_with: Any, order: Any
):
    make(cast.alice, "orders", number="NF-888", customer=klaas.id)
    agent_with("interactions", read="all")
    bob = agent_with("orders", read="team")
    assert NUMBER in seen_by(bob)
    assert "NF-888" not in seen_by(bob)
    assert "NF-888" in seen_by(agent_with("orders", read="all"))


def test_a_hidden_number_of_an_order_is_hidden_in_its_entry(order: Any, agent_with: Any):
    assert seen_by(agent_with("orders", fields={"number": "hidden"})) == ["Belde over de levertijd"]
