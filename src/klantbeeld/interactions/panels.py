"""What the ledger and tasks add to a customer's page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.interactions.composing import composer
from klantbeeld.interactions.queries import may_read_timeline
from klantbeeld.interactions.task_list import open_tasks
from klantbeeld.interactions.telling import called, toggles, told
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.panels import Panel, add_panel


def timeline_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The composer and the first page of the timeline."""
    if not may_read_timeline(actor):
        return None
    context = told(actor, customer) | toggles(actor, customer["id"], ())
    return context | {"composer": composer(actor), "called": called(customer)}


def tasks_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What is still to be done for this customer."""
    return open_tasks(actor, customer["id"])


def add_panels() -> None:
    """Put them on the page; called once, at start-up."""
    add_panel(
        Panel("interactions", "customers", "story", 10, _("Timeline"), "interactions/timeline.html", timeline_panel)
    )
    add_panel(Panel("tasks", "customers", "facts", 10, _("To do"), "interactions/tasks.html", tasks_panel))
