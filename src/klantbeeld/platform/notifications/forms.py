"""The form with which one says how one wants to be told."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.notifications.actions.prefer import Chosen
from klantbeeld.platform.notifications.kinds import Kind, kinds
from klantbeeld.platform.notifications.models import Mail, Preference, Rhythm


class PreferencesForm(forms.Form):
    """Two controls for each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in kinds():
            self.fields[f"{each.name}-app"] = forms.BooleanField(required=False, label=_("In Klantbeeld"))
            self.fields[f"{each.name}-mail"] = forms.ChoiceField(choices=Mail.choices, label=_("By mail"))

    def lines(self) -> Iterator[tuple[Kind, BoundField, BoundField]]:
        """Each kind with its controls."""
        for each in kinds():
            yield each, self[f"{each.name}-app"], self[f"{each.name}-mail"]

    def chosen(self) -> dict[str, Chosen]:
        """What was chosen, by kind."""
        data = self.cleaned_data
        return {each.name: Chosen(data[f"{each.name}-app"], Mail(data[f"{each.name}-mail"])) for each in kinds()}


class RhythmForm(forms.Form):
    """When mails may come."""

    daily_at = forms.TimeField(label=_("Daily mail at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """Quiet hours have both ends or none."""
        given: dict[str, Any] = super().clean() or {}
        for name, other in (("quiet_from", "quiet_until"), ("quiet_until", "quiet_from")):
            if not self.errors and given.get(other) and not given.get(name):
                self.add_error(name, _("Give both ends of the quiet hours, or none."))
        return given


def first_choices(member_id: UUID) -> dict[str, Any]:
    """What a member has chosen, or what holds for who never chose."""
    chosen = {each.kind: each for each in Preference.objects.filter(member_id=member_id)}
    made: dict[str, Any] = {}
    for each in kinds():
        own = chosen.get(each.name)
        made[f"{each.name}-app"] = own.in_app if own else True
        made[f"{each.name}-mail"] = own.mail if own else each.mail
    return made


def first_rhythm(member_id: UUID) -> dict[str, Any]:
    """The times that a member has chosen, or those that hold for who never chose."""
    rhythm = Rhythm.objects.filter(member_id=member_id).first() or Rhythm()
    return {name: getattr(rhythm, name) for name in ("daily_at", "quiet_from", "quiet_until")}
