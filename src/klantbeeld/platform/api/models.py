"""Tokens: how programs sign in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey


class Token(Recorded):
    """What a program shows to act for a member, within the member's rights and the token's scopes.

    Only the `digest` of the secret is kept; `prefix` is its beginning, by which the owner recognises it. A token ends
    at `expires_at` (never when None) or when it is revoked; it is not deleted, since history refers to it by name.
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

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.UniqueConstraint("tenant", "digest", name="token_digest_once")]
        indexes = [models.Index(fields=["tenant", "member", "created_at"], name="token_of_member")]

    def __str__(self) -> str:
        return self.name
