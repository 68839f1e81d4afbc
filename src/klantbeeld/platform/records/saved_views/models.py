"""A list that somebody wants to see again: which rows, in which order, with which columns."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.audit.models import Recorded
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.models import TenantForeignKey, TenantModel

NAME_LENGTH = 60


class Visibility(models.TextChoices):
    """Who sees a view; a team is everybody who shares a team with its maker."""

    OWN = "own", _("only me")
    TEAM = "team", _("my teams")
    EVERYONE = "everyone", _("everyone")


class SavedView(Recorded):
    """A named state of the list of one record type.

    `condition` is the JSON of a condition, None for all rows. `columns` lists {"name", "width"}, empty for the type's
    own. `sort` and `group` are "" for none.
    """

    record_type = models.CharField(_("record type"), max_length=63)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    condition = models.JSONField(_("filter"), null=True)
    sort = models.CharField(_("order"), max_length=120, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    group = models.CharField(_("grouped by"), max_length=120, blank=True)
    visibility = models.CharField(_("who sees it"), max_length=10, choices=Visibility, default=Visibility.OWN)
    maker = TenantForeignKey(
        Member, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("made by"), editable=False
    )
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        indexes = [models.Index(fields=["tenant", "record_type", "position", "id"], name="saved_view_in_order")]

    def __str__(self) -> str:
        return self.name


class PersonalColumns(TenantModel):
    """The columns that one member wants in a list without a saved view: of all records ("") or of a declared view."""

    member = TenantForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    record_type = models.CharField(max_length=63)
    view = models.CharField(max_length=63, blank=True)
    columns = models.JSONField(default=list)

    class Meta:
        verbose_name = _("own columns")
        verbose_name_plural = _("own columns")
        constraints = [models.UniqueConstraint("tenant", "member", "record_type", "view", name="personal_columns_once")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.view}".strip()
