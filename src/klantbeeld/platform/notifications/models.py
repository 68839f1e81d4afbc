"""What a member is told, and how they want to be told."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class Mail(models.TextChoices):
    """How often what happened is mailed."""

    OFF = "off", _("no mail")
    HOURLY = "hourly", _("within the hour")
    DAILY = "daily", _("once a day")


class Notification(TenantModel):
    """That something happened, told to one member; `by` is the member who did it, None for the system.

    It holds no text: `kind` says it in words when it is shown, from `about` and the record as it is then, so that
    nobody is shown what they may not read any more. `key` makes telling the same thing twice impossible. `mail_at` is
    when it goes into a mail, unless it was seen by then; None when it doesn't.
    """

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    record_type = models.CharField(max_length=50, blank=True)
    record_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    about = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    in_app = models.BooleanField(default=True)
    seen_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["tenant", "member", "-at", "-id"], name="notification_of_member"),
            models.Index(
                fields=["tenant", "member"],
                name="notification_unseen",
                condition=models.Q(in_app=True, seen_at=None, read_at=None),
            ),
            models.Index(
                fields=["tenant", "mail_at"], name="notification_to_mail", condition=models.Q(mail_at__isnull=False)
            ),
            models.Index(fields=["tenant", "record_id"], name="notification_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "kind", "key"], name="notification_once", condition=~models.Q(key="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Preference(TenantModel):
    """How a member wants to be told of one kind of thing; without a row it is as the kind itself says."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.OFF)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint("tenant", "member", "kind", name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.member_id}"


class Rhythm(TenantModel):
    """When a member wants mail, on their own clock: the daily one at `daily_at`, none between the quiet hours."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+", db_index=False)
    daily_at = models.TimeField(_("daily mail at"), default=time(8))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    class Meta:
        verbose_name = _("times of mails")
        verbose_name_plural = _("times of mails")
        constraints = [models.UniqueConstraint("tenant", "member", name="rhythm_once")]

    def __str__(self) -> str:
        return str(self.member_id)
