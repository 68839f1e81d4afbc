import pytest
from django.test import override_settings
from django.urls import path

from klantbeeld.platform.ui.icons import UnknownIcon
from klantbeeld.platform.ui.menu import Entry, Menu, MenuError, MenuGroup, MenuItem

urlpatterns = [
    path("", lambda request: None, name="home"),
    path("customers/", lambda request: None, name="customers"),
    path("customers/lost/", lambda request: None, name="lost"),
]
HOME = MenuItem("home", "Today", "sun", "home", dock=True)
CUSTOMERS = MenuItem("customers", "Customers", "users", "customers", "sell", 20, record_type="customer", keys="g c")
LOST = MenuItem("lost", "Lost", "archive", "lost", "sell", 10)


@pytest.fixture
def menu():
    made = Menu(visible=lambda actor, record_type: actor == "alice")
    made.register_group(MenuGroup("sell", "Selling"))
    for item in (HOME, CUSTOMERS, LOST):
        made.register(item)
    with override_settings(ROOT_URLCONF=__name__):
        yield made


def labels(drawn):
    return [(heading, [entry.label for entry in entries]) for heading, entries in drawn.groups]


def test_items_stand_in_their_groups_in_order(menu):
    assert labels(menu.draw("alice", "/")) == [("", ["Today"]), ("Selling", ["Lost", "Customers"])]


def test_a_type_that_one_may_not_read_is_not_in_the_menu(menu):
    assert labels(menu.draw("eve", "/")) == [("", ["Today"]), ("Selling", ["Lost"])]


def test_nobody_sees_a_record_type_until_rights_are_known():
    with override_settings(ROOT_URLCONF=__name__):
        made = Menu()
        made.register_group(MenuGroup("sell", "Selling"))
        made.register(CUSTOMERS)
        assert made.draw("alice", "/").groups == []


@pytest.mark.parametrize(
    ("address", "current"),
    [("/", "Today"), ("/customers/018f", "Customers"), ("/customers/lost/7", "Lost"), ("/elsewhere", None)],
)
def test_the_longest_address_is_where_one_is(menu, address, current):
    entries = [entry for _heading, entries in menu.draw("alice", address).groups for entry in entries]
    assert [entry.label for entry in entries if entry.current] == ([current] if current else [])


def test_pinned_views_are_ones_own(menu):
    menu.pins = lambda actor: [Entry(f"{actor}'s view", "bookmark", "/customers/?view=1")]
    assert [entry.label for entry in menu.draw("alice", "/").pins] == ["alice's view"]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (HOME, '"home" already'),
        (MenuItem("new", "New", "plus", "home", "nowhere"), "isn't registered"),
        (MenuItem("new", "New", "plus", "home", keys="g c"), "somewhere else already"),
    ],
)
def test_a_second_of_anything_is_refused(menu, item, said):
    with pytest.raises(MenuError, match=said):
        menu.register(item)


def test_an_item_without_an_icon_in_the_sprite_is_refused(menu):
    with pytest.raises(UnknownIcon):
        menu.register(MenuItem("new", "New", "unicorn", "home"))


def test_the_menu_is_closed_once_it_was_drawn(menu):
    menu.draw("alice", "/")
    with pytest.raises(MenuError, match="too late"):
        menu.register(MenuItem("new", "New", "plus", "home"))
