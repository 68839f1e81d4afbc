"""Choosing columns, their order and widths."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.saved_views import columns
from klantbeeld.platform.records.saved_views.columns import Column

names = st.text("abcxyz019_.", min_size=1, max_size=20)
widths = st.one_of(st.none(), st.integers(columns.NARROWEST, columns.WIDEST))


def heads(client, url="/customers/"):
    return re.findall(r'<th[^>]* data-col="([^"]+)"', client.get(url).content.decode())


@given(st.lists(st.builds(Column, names, widths), max_size=12, unique_by=lambda each: each.name))
def test_columns_are_read_as_they_were_written(chosen):
    assert list(columns.read(columns.written(chosen))) == chosen
    assert list(columns.loaded(columns.stored(chosen))) == chosen


@pytest.mark.parametrize(
    "text", ["name:x", "na me", "name:-5", "<script>", ",".join(f"c{n}" for n in range(41)), "a:²"]
)
def test_what_names_no_columns_is_refused(text):
    with pytest.raises(Invalid):
        columns.read(text)


def test_widths_are_kept_within_bounds():
    assert [each.width for each in columns.read("a:1,b:99999,c")] == [columns.NARROWEST, columns.WIDEST, None]


def test_chosen_columns_are_for_oneself_and_stay(cast, make):
    CustomField.objects.create(record_type="customers", key="tyres", label="Tyres", kind="text")
    make(cast.alice, "customers", name="Anna", owner=cast.bob.member_id)
    client = cast.client("alice")
    usual, usual_of_bob = heads(client), heads(cast.client("bob"))
    answer = client.post("/customers/columns", {"col": ["city", "custom.tyres", "owner", "name", "added.revenue-line"]})
    assert answer.status_code == 302
    assert "cols" not in answer.url
    assert heads(client) == ["city", "custom.tyres", "owner", "name", "added.revenue-line"]
    assert heads(cast.client("bob")) == usual_of_bob
    assert heads(client, "/customers/?view=new") == usual
    client.post("/customers/columns", {"usual": "1"})
    assert heads(client) == usual


def test_the_column_that_leads_to_the_record_is_always_there(cast, make):
    make(cast.alice, "customers", name="Anna")
    assert heads(cast.client("alice"), "/customers/?cols=city") == ["name", "city"]


def test_a_width_is_told_without_a_page(cast, make):
    make(cast.alice, "customers", name="Anna")
    client = cast.client("alice")
    assert client.post("/customers/columns", {"cols": "name:333,city:90"}).status_code == 204
    assert '<col width="333"><col width="90"><col>' in client.get("/customers/").content.decode()
    refused = client.post("/customers/columns", {"cols": "name:wide"})
    assert refused.status_code == 422
    assert "be read" in refused.content.decode()
    assert client.post("/customers/columns?view=nothing", {"cols": "name"}).status_code == 404


def test_columns_of_a_saved_view_stand_in_the_address_until_it_is_saved(cast, make):
    make(cast.alice, "customers", name="Anna")
    client = cast.client("alice")
    made = client.post("/customers/views/new", {"name": "Mine", "visibility": "own"}).url
    answer = client.post(made.replace("/?", "/columns?"), {"col": ["name", "email"]})
    assert heads(client, answer.url) == ["name", "email"]
    assert heads(client, made) != ["name", "email"]
