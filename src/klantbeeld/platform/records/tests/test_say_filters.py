"""The chips of a filter, as the organisation reads them."""

from dataclasses import replace
from typing import Any

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records.filtering import clauses_of
from klantbeeld.platform.records.registry import registry


def test_amounts_are_said_in_the_organisations_currency(cast: Any):
    cast.tenant.currency = "GBP"
    asked = conditions.parse({"all": [{"field": "revenue", "op": "over", "value": "500"}]})
    (chip,) = clauses_of(replace(cast.alice, tenant=cast.tenant), registry.get("customers"), asked)
    assert chip.value == "£\u00a0500"


def test_moments_are_said_on_the_readers_clock(cast: Any):
    asked = conditions.parse({"all": [{"field": "created_at", "op": "before", "value": "2026-11-20T23:30:00Z"}]})
    (chip,) = clauses_of(cast.alice, registry.get("customers"), asked)
    assert "21" in chip.value
