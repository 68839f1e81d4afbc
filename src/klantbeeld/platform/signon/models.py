"""Providers of single sign-on: where an organisation's people prove who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel


class Protocol(models.TextChoices):
    """How a provider tells who somebody is."""

    OPENID_CONNECT = "openid_connect", _("OpenID Connect")
    SAML = "saml", _("SAML 2.0")


class Provider(TenantModel):
    """A provider of one organisation: of OpenID Connect (`issuer`, `client_id`, `secret`), or of SAML, of which the
    metadata told `issuer` (its entity id), `sign_in_url` and `certificate` (X.509, base64 without head and foot).

    It is offered on the sign-in page once somebody has tested it (`tested_at`); a change of address, client or secret
    needs a new test. `secret` is sealed (see `sealed_text`). `joins` lets people in who are no colleague yet, with the
    `default_role`; `groups` gives roles by the provider's groups: name of the group -> id of the role. `only` refuses
    every other way in, but for the `break_glass` member.
    """

    recorded = True
    unrecorded = ("secret",)

    name = models.CharField(_("name"), max_length=60)
    protocol = models.CharField(
        _("protocol"),
        max_length=20,
        choices=Protocol,
        default=Protocol.OPENID_CONNECT,
        db_default=Protocol.OPENID_CONNECT,
    )
    issuer = models.CharField(_("issuer"), max_length=500)
    client_id = models.CharField(_("client id"), max_length=300, blank=True)
    sign_in_url = models.URLField(_("sign-in address"), max_length=1000, blank=True, default="", db_default="")
    certificate = models.TextField(_("certificate"), blank=True, default="", db_default="")
    secret = models.TextField(_("client secret"), blank=True, editable=False)
    joins = models.BooleanField(_("lets new people in"), default=False)
    default_role = TenantForeignKey(
        Role, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("role to start with")
    )
    group_claim = models.CharField(_("claim with the groups"), max_length=60, default="groups")
    groups = models.JSONField(_("roles by group"), default=dict, blank=True)
    only = models.BooleanField(_("only single sign-on"), default=False)
    break_glass = TenantForeignKey(
        Member,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("may always sign in with a password"),
    )
    tested_at = models.DateTimeField(_("tested"), null=True, editable=False)

    class Meta:
        verbose_name = _("single sign-on")
        verbose_name_plural = _("single sign-on")
        constraints = [models.UniqueConstraint("tenant", "name", name="sign_on_name_once")]

    def __str__(self) -> str:
        return self.name
