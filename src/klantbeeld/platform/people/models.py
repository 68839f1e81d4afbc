"""Accounts (one per person, whatever the organisation), members of an organisation, and teams."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.tenancy.models import Tenant, TenantForeignKey, TenantModel

# Of the accounts of programs. No mail gets there (RFC 2606), and none is sent: nobody can choose a password for them.
SERVICE_DOMAIN = "service.invalid"


class Accounts(BaseUserManager["User"]):
    """Makes accounts; an e-mail address is compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved account. `password=None` makes one that can't sign in by password."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this e-mail address. Raises User.DoesNotExist."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Someone who can sign in. What they may do is decided per organisation, by their membership."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=8, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Accounts()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.email


class Session(AbstractBaseSession):
    """A browser in which someone may be signed in; `user` is None as long as nobody is.

    It opens only the organisation at whose address somebody signed in; None for one from before this was kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    organisation = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    address = models.GenericIPAddressField(_("IP address"), null=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True, default="", db_default="")
    last_seen_at = models.DateTimeField(_("last seen"), null=True)

    objects: ClassVar[Any] = BaseSessionManager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        """The store that reads and writes them."""
        from klantbeeld.platform.people.sessions import SessionStore

        return SessionStore


class Team(TenantModel):
    """Colleagues who share work; "team" rows in a role are the rows of everyone who shares a team with you."""

    recorded = True

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [models.UniqueConstraint("tenant", "name", name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class Invitation(models.TextChoices):
    """Where an invitation stands to which nobody has agreed yet."""

    ASKED = "asked", _("asked")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Member(TenantModel):
    """An account within an organisation: the colleague that owns records and acts.

    `account_made_here` says that this organisation made the account; only then may it hand out links to choose its
    first password. An account that was there before has to agree: until then `invitation` says that it was asked, or
    that this was withdrawn, and the colleague isn't active. A service account (`is_service`) is a program's: nobody
    can sign in as it, it works by its API tokens.
    """

    recorded = True

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=200)
    active = models.BooleanField(_("active"), default=True)
    account_made_here = models.BooleanField(default=False, editable=False)
    invitation = models.CharField(
        max_length=10, choices=Invitation, blank=True, default="", db_default="", editable=False
    )
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    is_service = models.BooleanField(_("service account"), default=False, db_default=False, editable=False)
    teams = models.ManyToManyField(Team, through="TeamMember", related_name="members", verbose_name=_("teams"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("colleague")
        verbose_name_plural = _("colleagues")
        constraints = [models.UniqueConstraint("tenant", "user", name="member_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_asked(self) -> bool:
        """Whether they have been asked to join and haven't agreed yet."""
        return self.invitation == Invitation.ASKED


class TeamMember(TenantModel):
    """A member in a team."""

    recorded = True

    team = TenantForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("team membership")
        verbose_name_plural = _("team memberships")
        constraints = [models.UniqueConstraint("tenant", "team", "member", name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.team_id}"


class Outcome(models.TextChoices):
    """How an attempt to sign in ended."""

    IN = "in", _("signed in")
    WRONG_PASSWORD = "wrong_password", _("wrong password")
    WRONG_CODE = "wrong_code", _("wrong code")
    HELD = "held", _("too many attempts")
    SHUT_OUT = "shut_out", _("may not come in")
    ELSEWHERE = "elsewhere", _("single sign-on is required")


class SignIn(TenantModel):
    """An attempt to sign in at this organisation's address, kept for a year.

    `member` is None when nobody here has the address that was typed; what was typed isn't kept then. `how` names the
    steps, joined by "+": password, totp, recovery_codes, webauthn, sso.
    """

    KEPT_DAYS: ClassVar[int] = 365

    member = TenantForeignKey(
        Member, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("colleague"), db_index=False
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    how = models.CharField(_("how"), max_length=60, blank=True)
    address = models.GenericIPAddressField(_("IP address"), null=True)
    browser = models.CharField(_("browser"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [
            models.Index(fields=["tenant", "at"], name="sign_in_at"),
            models.Index(fields=["tenant", "member", "at"], name="sign_in_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"


class Brake(models.Model):
    """How many attempts in a row failed for one account or from one network; it holds the next ones up.

    `key` is a digest, so that the table tells nobody who tried. It belongs to no organisation: an account may be in
    several, and guessing at each of them in turn must not give more attempts.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("brake on signing in")
        verbose_name_plural = _("brakes on signing in")

    def __str__(self) -> str:
        return self.key[:8]
