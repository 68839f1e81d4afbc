"""Changing a value where it stands in a list."""

import json
import re

import pytest


@pytest.fixture
def anna(cast, make):
    return make(cast.alice, "customers", name="Anna de Boer", city="Utrecht", owner=cast.bob.member_id)


def test_the_control_of_a_cell_and_the_row_that_comes_back(cast, anna):
    client = cast.client("alice")
    url = f"/customers/{anna.pk}/field/city?cells=name,city,owner"
    form = client.get(url).content.decode()
    assert f'hx-post="{url}"'.replace("&", "&amp;") in form
    assert 'value="Utrecht"' in form
    answer = client.post(url, {"city": "Zwolle"})
    row = answer.content.decode()
    assert re.findall(r'data-col="([^"]+)"', row) == ["name", "city", "owner"]
    assert "Zwolle" in row
    assert json.loads(answer["HX-Trigger"])["toast"]["undo_url"]


def test_a_refused_value_stays_in_the_cell_with_what_is_wrong(cast, anna):
    answer = cast.client("alice").post(f"/customers/{anna.pk}/field/email?cells=name,email", {"email": "no address"})
    assert answer.status_code == 422
    form = answer.content.decode()
    assert 'value="no address"' in form
    assert "<td" not in form
    assert 'aria-invalid="true"' in form


def test_rows_that_may_not_be_changed_say_so(cast, anna, make):
    from klantbeeld.platform.access.models import MemberRole, Role

    make(cast.alice, "customers", name="Cor", owner=cast.carol.member_id)
    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    grants = {"records": {"*": {"read": "all", "change": "own", "fields": {"city": "read"}}}}
    MemberRole.objects.create(member_id=cast.bob.member_id, role=Role.objects.create(name="Own", grants=grants))
    client = cast.client("bob")
    page = client.get("/customers/?cols=name,city,email").content.decode()
    fixed = re.findall(r'<tr data-id="([^"]+)" data-fixed>', page)
    assert len(fixed) == 1
    assert fixed[0] != str(anna.pk)
    assert 'data-col="email" data-edit' in page
    assert 'data-col="city" data-edit' not in page
    url = f"/customers/{fixed[0]}/field/email?cells=name,email"
    assert client.post(url, {"email": "a@example.org"}).status_code in {403, 404}


def test_a_hidden_field_does_not_come_back_with_the_row(cast, anna):
    from klantbeeld.platform.access.models import MemberRole, Role

    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    grants = {"records": {"*": {"read": "all", "change": "all", "fields": {"city": "hidden"}}}}
    MemberRole.objects.create(member_id=cast.bob.member_id, role=Role.objects.create(name="No city", grants=grants))
    client = cast.client("bob")
    answer = client.post(f"/customers/{anna.pk}/field/email?cells=name,city,email", {"email": "a@example.org"})
    assert answer.status_code == 200
    assert "Utrecht" not in answer.content.decode()
