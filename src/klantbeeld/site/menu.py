"""What stands in the menu, and in which order."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui.menu import FOOT, Entry, MenuGroup, MenuItem, menu


def compose() -> None:
    """Register groups and items."""
    menu.visible = _may_read
    menu.register_group(MenuGroup("customers", _("Customers"), 10))
    menu.register_group(MenuGroup("commerce", _("Commerce"), 20))
    menu.register(MenuItem("today", _("Today"), "sun", "home", order=10, dock=True, keys="g t"))
    menu.register(
        MenuItem(
            "notifications",
            _("Notifications"),
            "bell",
            "notifications:list",
            order=20,
            keys="g n",
            count_url_name="notifications:count",
            count_on="notifications",
        )
    )
    menu.register(_records("customers", "users", "customers", 10, dock=True, keys="g c"))
    menu.register(_records("interactions", "message-circle", "customers", 20, keys="g i"))
    menu.register(_records("tasks", "checklist", "customers", 30, dock=True, keys="g k"))
    menu.register(_records("orders", "shopping-bag", "commerce", 10, dock=True, keys="g o"))
    menu.register(_records("products", "package", "commerce", 20, keys="g p"))
    menu.own, menu.own_label = _own, _("Own records")
    menu.register(MenuItem("imports", _("Import and export"), "file-import", "transfer:imports", FOOT, order=10))
    menu.register(MenuItem("settings", _("Settings"), "settings", "organisation:index", FOOT, keys="g s"))


def _records(slug: str, icon: str, group: str, order: int, dock: bool = False, keys: str = "") -> MenuItem:
    label = capfirst(registry.get(slug).label_plural)
    return MenuItem(slug, label, icon, "records:list", group, order, dock, slug, keys, (slug,))


def _own(actor: Actor | Any) -> Iterator[Entry]:
    """The record types that the organisation made."""
    for slug, each in registry.own().items():
        if gates.may(actor, "read", each):
            yield Entry(capfirst(str(each.label_plural)), each.icon, reverse("records:list", args=[slug]))


def _may_read(actor: Actor | Any, slug: str) -> bool:
    return gates.may(actor, "read", registry.get(slug))
