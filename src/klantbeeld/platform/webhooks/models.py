"""Who is told of what, what they were told, and how that went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("given up")


class Webhook(Recorded):
    """An address that is told what happens, with what its owner may see.

    `events` are "<record type>.<created, changed or deleted>"; a `condition` says of which records. After `secret` was
    renewed messages are signed with the old one as well until `old_secret_until`. `failures` counts failed tries in a
    row; too many pause it, and `pause_reason` says why.
    """

    unrecorded = ("secret", "old_secret", "old_secret_until", "failures")

    name = models.CharField(_("name"), max_length=60)
    url = models.CharField(_("address"), max_length=500)
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+", verbose_name=_("sees what"))
    events = ArrayField(models.CharField(max_length=80), verbose_name=_("is told of"))
    condition = models.JSONField(_("only if"), null=True, blank=True)
    secret = models.CharField(max_length=80, editable=False)
    old_secret = models.CharField(max_length=80, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)
    pause_reason = models.CharField(max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        indexes = [models.Index(fields=["tenant", "name", "id"], name="webhook_by_name")]

    def __str__(self) -> str:
        return self.name


class Delivery(TenantModel):
    """One message to one webhook: the same `id` and `body` at every try. `due_at` is when it is tried next."""

    webhook = TenantForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(
                fields=["due_at", "tenant", "id"], name="delivery_due", condition=models.Q(state=State.WAITING)
            ),
            models.Index(fields=["tenant", "webhook", "-created_at", "id"], name="delivery_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"


class Attempt(TenantModel):
    """One try: what was sent beside the body, and what came of it. The answer is kept up to a few kilobytes."""

    delivery = TenantForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    sent_headers = models.JSONField(default=dict)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("try")
        verbose_name_plural = _("tries")
        indexes = [models.Index(fields=["tenant", "delivery", "at"], name="attempt_of_delivery")]

    def __str__(self) -> str:
        return f"{self.at} {self.status or self.error}"
