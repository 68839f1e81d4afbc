"""Tokens: how programs sign in, how often they may ask, and what they were answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import InTenant, TenantForeignKey, TenantModel


class Token(Recorded):
    """What a program shows to act for a member, within the member's rights and the token's scopes.

    Only the `digest` of the secret is kept; `prefix` is its beginning, by which the owner recognises it. A token ends
    at `expires_at` (never when None) or when it is revoked; it is not deleted, since history refers to it by name.
    `requests_per_minute` None leaves it to the installation. With `needs_if_match` nothing is changed by somebody who
    doesn't say which state they saw.
    """

    unrecorded = ("digest", "last_used_at")

    name = models.CharField(_("name"), max_length=60)
    member = TenantForeignKey(
        Member, on_delete=models.CASCADE, related_name="+", verbose_name=_("colleague"), db_index=False
    )
    digest = models.CharField(max_length=64, editable=False)
    prefix = models.CharField(_("begins with"), max_length=16, editable=False)
    scopes = ArrayField(models.CharField(max_length=80), verbose_name=_("scopes"))
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    requests_per_minute = models.PositiveIntegerField(_("requests a minute"), null=True, blank=True)
    needs_if_match = models.BooleanField(_("changes only what it has seen"), default=False, db_default=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.UniqueConstraint("tenant", "digest", name="token_digest_once")]
        indexes = [models.Index(fields=["tenant", "member", "created_at"], name="token_of_member")]

    def __str__(self) -> str:
        return self.name


class Bucket(TenantModel):
    """How much a token may still ask: a bucket that fills by the second and from which processes take by the handful.

    It has the id of its token.

    Its table isn't logged: after a crash of the server every bucket is full again, which does no harm.
    """

    level = models.FloatField()
    granted = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("bucket of requests")
        verbose_name_plural = _("buckets of requests")

    def __str__(self) -> str:
        return f"{self.id}: {self.level:.0f}"


class Answer(InTenant):
    """What was answered to a write that carried an Idempotency-Key: stored with its effects, and given again.

    `asker` is the token, or the member where a session asked; `fingerprint` tells whether the same is asked again.
    """

    asker = models.UUIDField()
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint("tenant", "asker", "key", name="answer_once")]
        indexes = [models.Index(fields=["tenant", "created_at"], name="answer_by_age")]

    def __str__(self) -> str:
        return f"{self.asker} {self.key}"
