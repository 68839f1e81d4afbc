"""Storing how a member wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.db import transaction

from klantbeeld.platform.notifications.models import Mail, Notification, Preference, Rhythm


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for one kind."""

    in_app: bool
    mail: Mail


def prefer(member_id: UUID, choices: Mapping[str, Chosen], rhythm: Mapping[str, time | None]) -> None:
    """Store what a member chose per kind, and their times (`daily_at`, `quiet_from`, `quiet_until`).

    What waits to be mailed and isn't wanted by mail any more, isn't mailed.
    """
    with transaction.atomic():
        for kind, chosen in choices.items():
            values = {"in_app": chosen.in_app, "mail": chosen.mail}
            Preference.objects.update_or_create(member_id=member_id, kind=kind, defaults=values)
        Rhythm.objects.update_or_create(member_id=member_id, defaults=dict(rhythm))
        off = [kind for kind, chosen in choices.items() if chosen.mail == Mail.OFF]
        Notification.objects.filter(member_id=member_id, kind__in=off).update(mail_at=None)
