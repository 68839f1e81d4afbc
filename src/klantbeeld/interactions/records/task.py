"""The record type of tasks."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.interactions.actions.import_interactions import TaskBulk
from klantbeeld.interactions.actions.save_task import TaskWriter
from klantbeeld.interactions.models import Task
from klantbeeld.interactions.records.badges import late_badge
from klantbeeld.platform.records.record_type import Board, RecordType, SearchBy, Section, View
from klantbeeld.platform.records.registry import register


@register
class TaskType(RecordType):
    slug = "tasks"
    model = Task
    label = _("task")
    label_plural = _("tasks")
    icon = "checklist"
    tone = "info"
    owner = "owner"
    title = "title"
    fields = (
        "title",
        "customer",
        "owner",
        "due_on",
        "due_time",
        "remind",
        "remind_on",
        "repeats",
        "done_at",
        "note",
        "created_at",
    )
    changes = {"customer": {"target": "customers"}, "due_time": {"input_type": "time"}}
    columns = ("title", "customer", "owner", "due_on", "done_at")
    sortable = {"due_on": "due_on", "created_at": "created_at"}
    sort = "due_on"
    sections = (
        Section(_("Task"), ("title", "customer", "owner", "due_on", "due_time", "done_at", "note")),
        Section(_("Reminder and repeating"), ("remind", "remind_on", "repeats")),
    )
    phone = {"title": "a", "customer": "c", "due_on": "d"}
    board = Board(by="owner", lines=("customer", "due_on"), badge=late_badge, badge_needs=("due_on", "done_at"))
    days = ("due_on",)
    quick = ("title", "customer", "due_on")
    search = SearchBy()
    views = (
        View(
            "mine",
            _("Mine, open"),
            {"all": [{"field": "owner", "op": "is_me"}, {"field": "done_at", "op": "is_empty"}]},
        ),
        View("open", _("Open"), {"all": [{"field": "done_at", "op": "is_empty"}]}),
    )
    personal = frozenset({"title", "note"})
    writer = TaskWriter
    bulk = TaskBulk
