import re
from typing import Any

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.records import panels
from klantbeeld.platform.records.registry import registry


def make(actor: Any, slug: str, **values: Any) -> Any:
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(values)


@pytest.fixture
def order(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An order of Bob's customer with twelve lines, on a page to which no package added a panel of lines."""
    monkeypatch.delitem(panels._panels, ("orders", "lines"))
    customer = make(cast.bob, "customers", name="Piet de Boer")
    made = make(cast.bob, "orders", number="NF-1", customer=customer.id)
    for number in range(12):
        make(cast.bob, "order-lines", order=made.id, description=f"Regel {number:02}", unit_price="2.50")
    return made


def panel_of(cast: Any, order: Any, name: str = "bob") -> Any:
    return cast.client(name).get(f"/orders/{order.id}/panel/lines")


def test_a_relation_without_a_panel_of_its_own_is_a_short_list(cast: Any, order: Any):
    page = panel_of(cast, order).content.decode()
    assert page.count("Regel") == 10
    assert "NF-1" not in page  # the column that says what we look at already
    link = next(part for part in page.split('"') if part.startswith("/order-lines/?where="))
    assert cast.client("bob").get(link.replace("&amp;", "&")).content.decode().count(">Regel") == 12
    assert 'id="related-lines"' in cast.client("bob").get(f"/orders/{order.id}/").content.decode()


def test_a_panel_of_a_record_that_may_not_be_seen_is_not_found(cast: Any, order: Any):
    assert panel_of(cast, order, "carol").status_code == 404
    assert cast.client("bob").get(f"/orders/{order.id}/panel/nothing").status_code == 404


def test_a_list_that_may_not_be_read_is_left_out(cast: Any, order: Any):
    role = Role.objects.get(name="Agent")
    everything = role.grants["records"]["*"]
    role.grants = {"records": {"*": everything, "order-lines": everything | {"read": "none"}}}
    role.save()
    assert panel_of(cast, order).content.decode() == ""


def test_the_short_list_is_sorted_and_paged_on_its_own(cast: Any, order: Any):
    client = cast.client("bob")
    here = f"/orders/{order.id}/related/lines"
    first = client.get(here).content.decode()
    older = next(part for part in first.split('"') if part.startswith(f"{here}?cursor="))
    second = client.get(older.replace("&amp;", "&")).content.decode()
    texts = {text for page in (first, second) for text in re.findall(r"Regel \d\d", page)}
    assert len(texts) == 12
    assert "data-edit" in first
    assert client.get(f"{here}?sort=nothing").status_code == 422
    assert client.get(f"{here}?cursor=nonsense").status_code == 400
    assert cast.client("carol").get(here).status_code == 404
    assert client.get(f"/orders/{order.id}/related/nothing").status_code == 404
