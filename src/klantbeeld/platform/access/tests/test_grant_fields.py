"""What roles say of fields, asked of all at once and of each."""

from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.access.grants import Mode, merge, within

FIELDS = ("name", "revenue")
LINES = st.fixed_dictionaries(
    {"read": st.sampled_from(["none", "own", "all"])},
    optional={"fields": st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["hidden", "read", "write"]))},
)
ROLES = st.lists(
    st.tuples(
        st.booleans(),
        st.fixed_dictionaries({"records": st.dictionaries(st.sampled_from(["customers", "*"]), LINES)}),
    ),
    max_size=3,
)
ONLY = st.none() | st.dictionaries(
    st.sampled_from(["customers", "orders", "*"]), st.sets(st.sampled_from(["read", "change", "delete"]))
)


def narrowed(roles, only):
    return merge(roles) if only is None else within(merge(roles), only)


@given(ROLES, ONLY)
def test_who_reads_every_field_reads_each(roles, only):
    grants = narrowed(roles, only)
    if grants.reads_every_field("customers"):
        assert all(grants.mode("customers", name) >= Mode.READ for name in FIELDS)


@given(ROLES, ONLY)
def test_who_writes_every_field_writes_each(roles, only):
    grants = narrowed(roles, only)
    if grants.writes_every_field("customers"):
        assert all(grants.mode("customers", name) is Mode.WRITE for name in FIELDS)


def test_an_owner_writes_every_field_and_a_token_for_reading_none():
    owner = merge([(True, {})])
    assert owner.writes_every_field("customers")
    reading = within(owner, {"*": ["read"]})
    assert reading.reads_every_field("customers")
    assert not reading.writes_every_field("customers")
