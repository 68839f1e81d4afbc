"""An explanation never differs from what the gates decide, and names the roles that decide it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.everyone import NamedRole, everyone
from klantbeeld.platform.access.explaining import RecordFacts, Why, explain
from klantbeeld.platform.access.grants import ACTIONS, merge
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.records.registry import registry

TYPES = ("customers", "orders", "products", "interactions", "identifiers")
FIELDS = {"customers": "revenue", "orders": "number", "products": "name", "interactions": "body", "identifiers": "kind"}
LINE = st.fixed_dictionaries(
    {},
    optional={each: st.sampled_from(["none", "own", "team", "all"]) for each in ACTIONS}
    | {"fields": st.dictionaries(st.sampled_from(sorted(set(FIELDS.values()))), st.sampled_from(["hidden", "read"]))},
)
ROLES = st.lists(
    st.tuples(
        st.sampled_from([False, False, False, True]),
        st.fixed_dictionaries({"records": st.dictionaries(st.sampled_from([*TYPES, "*"]), LINE)}),
    ),
    max_size=3,
)


@pytest.fixture
def records(cast):
    """One record of each kind per owner: Bob, Carol and nobody."""
    from tests.factory import make

    made = {}
    for owner in (cast.bob.member_id, cast.carol.member_id, None):
        customer = make(registry.get("customers").model, owner_id=owner)
        for slug in ("orders", "interactions", "identifiers"):
            made[slug, owner] = make(registry.get(slug).model, customer=customer).pk
        made["customers", owner] = customer.pk
        made["products", owner] = make(registry.get("products").model).pk
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROLES,
    st.sampled_from(TYPES),
    st.sampled_from(ACTIONS),
    st.sampled_from(["bob", "carol", "nobody"]),
    st.booleans(),
    st.booleans(),
)
def test_an_explanation_says_what_the_gates_decide(cast, records, roles, slug, action, whose, in_team, of_field):
    record_type = registry.get(slug)
    colleagues = (cast.bob.member_id, cast.carol.member_id) if in_team else (cast.bob.member_id,)
    bob = replace(cast.bob, grants=merge(roles), colleagues=colleagues)
    owner = {"bob": cast.bob.member_id, "carol": cast.carol.member_id, "nobody": None}[whose]
    reached = record_type.rows(bob, action).filter(pk=records[slug, owner]).exists()
    field = FIELDS[slug] if of_field else ""
    named = [NamedRole(uuid4(), str(at), *role) for at, role in enumerate(roles)]
    facts = RecordFacts(reached, owner if record_type.owner else None)
    told = explain(bob, named, record_type, action, facts, field)

    offered = {"create": record_type.creatable, "change": record_type.changeable, "delete": record_type.deletable}
    expected = offered.get(action, True)
    expected &= gates.may_create(bob, record_type) if action == "create" else reached
    if field:
        writes = action in {"create", "change"}
        expected &= field in (record_type.writable(bob) if writes else record_type.readable(bob))
    assert told.allowed == expected
    agrees = {Why.ALL, Why.SOME, Why.THEIRS, Why.TEAM, Why.OPEN}
    assert (told.decisive.why in agrees) == told.allowed
    assert not told.allowed or told.decisive.roles


def test_a_hidden_field_is_laid_at_the_roles_that_let_one_read_the_rest(cast):
    hides = {"records": {"customers": {"read": "all", "fields": {"revenue": "hidden"}}}}
    orders = {"records": {"orders": {"read": "all"}}}
    named = [NamedRole(uuid4(), "Agent", False, hides), NamedRole(uuid4(), "Clerk", False, orders)]
    bob = replace(cast.bob, grants=merge([(False, hides), (False, orders)]))
    told = explain(bob, named, registry.get("customers"), "read", RecordFacts(True, None), "revenue")
    assert (told.decisive.why, [each.name for each in told.decisive.roles]) == (Why.HIDDEN, ["Agent"])


def test_everyone_is_read_with_their_roles_in_one_query(cast, django_assert_num_queries):
    extra = Role.objects.create(name="Clerk", grants={"records": {"orders": {"read": "all"}}})
    MemberRole.objects.create(member_id=cast.bob.member_id, role=extra)
    with django_assert_num_queries(1):
        found = {each.actor.name: each for each in everyone(cast.tenant)}
    assert sorted(found) == ["Alice", "Bob", "Carol"]
    assert [each.name for each in found["Bob"].roles] == ["Agent", "Clerk"]
    assert found["Bob"].actor.grants.reach("orders", "read").name == "ALL"
    assert len(found["Bob"].teams) == 1
    assert [each.actor.name for each in everyone(cast.tenant, [cast.carol.member_id])] == ["Carol"]
