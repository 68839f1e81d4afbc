"""A task that repeats: the next one comes when this one is done, and goes again when that is taken back."""

from zoneinfo import ZoneInfo

from klantbeeld.interactions.models import Task
from klantbeeld.interactions.reminders import moment_of, next_of
from klantbeeld.interactions.repeating import next_day
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.events.public import emit
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.writing import tell_followers


def make_next(actor: Actor, record_type: RecordType, done: Task) -> None:
    """Make the task that follows one that was just done, for the same owner; once, however often it is done."""
    if not done.repeats or done.due_on is None or Task.objects.filter(repeat_of=done).exists():
        return
    owner = Member.objects.select_related("user").get(id=done.owner_id) if done.owner_id else None
    zone = ZoneInfo(owner.user.timezone or actor.tenant.timezone if owner else actor.timezone)
    now = clock.now()
    day = next_day(done.repeats, done.due_on, now.astimezone(zone).date())
    made = Task.objects.create(
        title=done.title,
        customer_id=done.customer_id,
        owner_id=done.owner_id,
        due_on=day,
        due_time=done.due_time,
        remind=done.remind,
        remind_at=next_of([moment_of(done.remind, day, done.due_time, zone)], now),
        repeats=done.repeats,
        repeat_of=done,
        note=done.note,
        custom=done.custom,
    )
    tell_followers(record_type, [made.pk])
    emit(f"{record_type.slug}.created", {"id": str(made.pk), "fields": [], "differing": []})


def take_back_next(record_type: RecordType, opened: Task) -> None:
    """Remove what came of finishing a task that is open again, unless somebody has touched it since."""
    for each in Task.objects.filter(repeat_of=opened, done_at=None):
        if Change.objects.filter(record_id=each.pk, action="change", table=Task._meta.db_table).exists():
            continue
        key = each.pk
        each.delete()
        tell_followers(record_type, [key])
        emit(f"{record_type.slug}.deleted", {"id": str(key)})
