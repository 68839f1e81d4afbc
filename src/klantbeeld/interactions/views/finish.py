"""Finishing a task where it stands."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klantbeeld.interactions.actions.finish_task import finish_task
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.records.views.field import toast_of_change


@require_POST
@for_actor
def finish(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """Mark a task as done; the page is told to draw the list and the timeline anew, and offers to take it back."""
    change = finish_task(actor, task_id)
    if change is not None:
        told = toast_of_change(registry.get("tasks"), task_id, _("Task done"), change)
    else:
        told = {"toast": {"text": _("This task was done already")}}
    return HttpResponse(
        status=204, headers={"HX-Trigger": json.dumps(told | {"panel:tasks": {}, "panel:interactions": {}})}
    )
