"""Fields that an organisation adds to a record type by itself, and record types of its own."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.conditions.fields import Kind
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey

SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

OFFERED_KINDS = (
    (Kind.TEXT, _("text")),
    (Kind.LONG_TEXT, _("long text")),
    (Kind.NUMBER, pgettext_lazy("kind of field", "number")),
    (Kind.MONEY, _("amount")),
    (Kind.DATE, _("date")),
    (Kind.DATETIME, _("date and time")),
    (Kind.BOOLEAN, _("yes or no")),
    (Kind.CHOICE, _("choice")),
    (Kind.MULTI_CHOICE, _("several choices")),
    (Kind.USER, _("colleague")),
    (Kind.LINK, _("link to a record")),
)


FORMULA, ROLL_UP = "formula", "roll_up"
# Worked out from what is stored, when they are read.
COMPUTED_KINDS = ((FORMULA, _("formula")), (ROLL_UP, _("roll-up of related records")))


def check_key(value: str) -> None:
    """Refuse a key that can't be a name in JSON, the API and an import file. Raises ValidationError."""
    if not KEY.fullmatch(value):
        raise ValidationError(_("Use small letters, digits and underscores, and start with a letter."))


def check_slug(value: str) -> None:
    """Refuse what can't be part of an address. Raises ValidationError."""
    if not SLUG.fullmatch(value):
        raise ValidationError(_("Use small letters, digits and hyphens, and start with a letter."))


class CustomField(Recorded):
    """A field of one record type. Its values live in the record's `custom` column under `key`.

    `choices` is a list of `{"value": ..., "label": ...}` for the two kinds of choice, `target` the slug of the record
    type that a link points to. `settings` are those of the computed kinds: `formula`; or `relation`, `measure` and
    `measured`.
    """

    record_type = models.CharField(_("record type"), max_length=50)
    key = models.CharField(_("key"), max_length=40, validators=[check_key])
    label = models.CharField(_("label"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=(*OFFERED_KINDS, *COMPUTED_KINDS))
    choices = models.JSONField(_("choices"), default=list, blank=True)
    settings = models.JSONField(
        _("settings"), default=dict, blank=True, db_default=models.Value({}, output_field=models.JSONField())
    )
    target = models.CharField(_("links to"), max_length=50, blank=True, default="", db_default="")
    required = models.BooleanField(_("required"), default=False)
    in_list = models.BooleanField(_("shown in lists"), default=False, db_default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("own field")
        verbose_name_plural = _("own fields")
        ordering = ["record_type", "position", "key"]
        constraints = [models.UniqueConstraint("tenant", "record_type", "key", name="custom_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def computed(self) -> bool:
        """Whether its values follow from others, instead of being stored."""
        return self.kind in {FORMULA, ROLL_UP}

    def clean(self) -> None:
        """Only the kinds of choice need choices, and only links a target. Raises ValidationError."""
        if self.kind == Kind.LINK and not self.target:
            raise ValidationError({"target": _("Say what it links to.")})
        wants = self.kind in {Kind.CHOICE, Kind.MULTI_CHOICE}
        pairs = self.choices if isinstance(self.choices, list) else []
        if wants and not pairs:
            raise ValidationError({"choices": _("Give at least one choice.")})
        if any(not isinstance(pair, dict) or not pair.get("value") or not pair.get("label") for pair in pairs):
            raise ValidationError({"choices": _("Each choice needs a value and a label.")})


class WithCustomFields(models.Model):
    """Adds the column in which an organisation's own fields live."""

    custom = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class OwnType(Recorded):
    """A record type that an organisation made. Its records are rows of `OwnRecord`, all else about them is own fields.

    `slug` stands in addresses, in the API and in `OwnRecord.record_type`, and never changes.
    """

    slug = models.CharField(_("name in addresses"), max_length=40, validators=[check_slug])
    label = models.CharField(_("one of them"), max_length=60)
    label_plural = models.CharField(_("several of them"), max_length=60)
    name_label = models.CharField(_("what its name is called"), max_length=60, blank=True)
    icon = models.CharField(_("icon"), max_length=40, default="puzzle")

    class Meta:
        verbose_name = _("own record type")
        verbose_name_plural = _("own record types")
        ordering = ["label_plural", "slug"]
        constraints = [models.UniqueConstraint("tenant", "slug", name="own_type_once")]

    def __str__(self) -> str:
        return self.label_plural


class OwnRecord(Recorded, WithCustomFields):
    """A record of any own type of any organisation."""

    record_type = models.CharField(_("record type"), max_length=40, editable=False)
    name = models.CharField(_("name"), max_length=255)
    owner = TenantForeignKey(
        Member,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        verbose_name = _("own record")
        verbose_name_plural = _("own records")
        indexes = [
            models.Index(fields=["tenant", "record_type", "name", "id"], name="own_record_by_name"),
            models.Index(fields=["tenant", "record_type", "created_at", "id"], name="own_record_by_created"),
            models.Index(fields=["tenant", "record_type", "owner"], name="own_record_by_owner"),
        ]

    def __str__(self) -> str:
        return self.name
