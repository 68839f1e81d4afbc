"""How members want to be told: what they chose, and else what the kind says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from klantbeeld.platform.notifications.kinds import Kind
from klantbeeld.platform.notifications.models import Mail, Preference, Rhythm
from klantbeeld.platform.notifications.moments import after_quiet, next_full_hour, next_time
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import current_tenant_id


@dataclass(frozen=True, slots=True)
class Wish:
    """What one member wants of one kind, with their clock."""

    in_app: bool
    mail: Mail
    zone: ZoneInfo
    daily_at: time = time(8)
    quiet_from: time | None = None
    quiet_until: time | None = None

    def mail_at(self, at: datetime) -> datetime | None:
        """When something of this moment goes into a mail; None for never."""
        if self.mail == Mail.OFF:
            return None
        due = next_full_hour(at, self.zone) if self.mail == Mail.HOURLY else next_time(at, self.zone, self.daily_at)
        return self.after_quiet(due)

    def after_quiet(self, moment: datetime) -> datetime:
        """The moment, or the end of the quiet hours that it falls in."""
        return after_quiet(moment, self.zone, self.quiet_from, self.quiet_until)


def wishes(kind: Kind, member_ids: Collection[UUID]) -> Mapping[UUID, Wish]:
    """What these members want of a kind; only those who may come in. Three questions, however many they are."""
    members = Member.objects.filter(id__in=member_ids, active=True, user__is_active=True)
    zones = dict(members.values_list("id", "user__timezone"))
    if not zones:
        return {}
    usual = Tenant.objects.values_list("timezone", flat=True).get(id=current_tenant_id())
    chosen = {each.member_id: each for each in Preference.objects.filter(member_id__in=zones, kind=kind.name)}
    rhythms = {each.member_id: each for each in Rhythm.objects.filter(member_id__in=zones)}
    made = {}
    for member_id, zone in zones.items():
        own, rhythm = chosen.get(member_id), rhythms.get(member_id) or Rhythm(member_id=member_id)
        made[member_id] = Wish(
            in_app=own.in_app if own else True,
            mail=Mail(own.mail) if own else kind.mail,
            zone=ZoneInfo(zone or usual),
            daily_at=rhythm.daily_at,
            quiet_from=rhythm.quiet_from,
            quiet_until=rhythm.quiet_until,
        )
    return made
