"""One-time links to make an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetUpLink(models.Model):
    """A link that makes one organisation, once, until `expires_at`. Only the SHA-256 of its secret is kept.

    It belongs to no organisation: there is none yet. `another` allows one beside those that exist.
    """

    digest = models.CharField(max_length=64, unique=True)
    another = models.BooleanField(default=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("set-up link")
        verbose_name_plural = _("set-up links")

    def __str__(self) -> str:
        return self.digest[:8]
