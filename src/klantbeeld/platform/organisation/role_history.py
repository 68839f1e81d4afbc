"""What happened to a role: its rights as they changed, and who got or lost it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.roles_compared import Compared, Rights, compare
from klantbeeld.platform.people.models import Member

MOST = 200


@dataclass(frozen=True)
class Happened:
    """One change: by whom ("" for the system), what it was in a few words, and the rights that differ since."""

    change: Change
    who: str
    what: str
    differences: list[Compared] = field(default_factory=list)


def history_of(role: Role) -> list[Happened]:
    """The latest two hundred things that happened to a role, the latest first."""
    held = {each.id: each.member_id for each in MemberRole.objects.filter(role=role)}
    lost = Change.objects.filter(
        table=MemberRole._meta.db_table, action="delete", before__role_id=str(role.id)
    ).values_list("record_id", "before__member_id")
    held |= {record_id: UUID(member_id) for record_id, member_id in lost}
    tables = [Role._meta.db_table, MemberRole._meta.db_table]
    changes = list(Change.objects.filter(record_id__in=[role.id, *held], table__in=tables).order_by("-id")[:MOST])
    people = {each.actor_id for each in changes if each.actor_id} | set(held.values())
    names = dict(Member.objects.filter(id__in=people).values_list("id", "name"))
    told, now = [], {"is_owner": role.is_owner, "grants": role.grants, "name": role.name}
    for each in changes:
        who = names.get(each.actor_id, "") if each.actor_id else ""
        if each.table == MemberRole._meta.db_table:
            told.append(Happened(each, who, _of_holder(each, names.get(held[each.record_id], "…"))))
        elif each.action == "change":
            then = now | {key: value for key, value in (each.before or {}).items() if key in now}
            told.append(Happened(each, who, _of_name(then, now), _differences(then, now)))
            now = then
        elif each.action == "create":
            told.append(Happened(each, who, _("made this role")))
    return told


def _of_holder(change: Change, name: str) -> str:
    text = _("gave it to %(name)s") if change.action == "create" else _("took it from %(name)s")
    return text % {"name": name}


def _of_name(then: dict[str, Any], now: dict[str, Any]) -> str:
    if then["name"] != now["name"]:
        return _("renamed it from %(before)s to %(after)s") % {"before": then["name"], "after": now["name"]}
    return _("changed it")


def _differences(then: dict[str, Any], now: dict[str, Any]) -> list[Compared]:
    try:
        rows = compare(Rights(then["is_owner"], then["grants"]), Rights(now["is_owner"], now["grants"]))
    except Invalid:  # of before a name in it was given up
        return []
    return [each for each in rows if each.differs]
