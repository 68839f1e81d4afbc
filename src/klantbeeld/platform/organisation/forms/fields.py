"""The form of an own field."""

from typing import Any

from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from klantbeeld.platform.customfields.models import (
    COMPUTED_KINDS,
    FORMULA,
    OFFERED_KINDS,
    ROLL_UP,
    CustomField,
    check_key,
)
from klantbeeld.platform.formulas.limits import LENGTH
from klantbeeld.platform.formulas.public import FUNCTIONS
from klantbeeld.platform.organisation.actions.save_field import FieldGiven
from klantbeeld.platform.records.computed import ORDERED, usable
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

_MOST_CHOICES = 200
_SETTINGS = {FORMULA: ("formula",), ROLL_UP: ("relation", "measure", "measured")}
MEASURE_CHOICES = (
    ("count", pgettext_lazy("roll-up", "how many")),
    ("sum", pgettext_lazy("roll-up", "sum")),
    ("avg", pgettext_lazy("roll-up", "average")),
    ("min", pgettext_lazy("roll-up", "lowest or first")),
    ("max", pgettext_lazy("roll-up", "highest or last")),
)


class FieldForm(forms.Form):
    """Choices are typed one per line, "value = label"; a line without a sign is both."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=100)
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        required=False,
        validators=[check_key],
        help_text=gettext_lazy(
            "Its name in imports, exports and the API; it can’t change later. Made from the label if left out."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=(*OFFERED_KINDS, *COMPUTED_KINDS),
        help_text=gettext_lazy("It can’t change later."),
    )
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "For the two kinds of choice: one per line. “value = label” keeps what is stored apart from what is shown."
        ),
    )
    target = forms.ChoiceField(
        label=gettext_lazy("Links to"), required=False, help_text=gettext_lazy("For links. It can’t change later.")
    )
    formula = forms.CharField(
        label=gettext_lazy("Formula"),
        required=False,
        max_length=LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    relation = forms.ChoiceField(label=gettext_lazy("Roll up"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("How"), required=False, choices=MEASURE_CHOICES)
    measured = forms.ChoiceField(label=gettext_lazy("Of which field"), required=False)
    required = forms.BooleanField(label=gettext_lazy("Must be filled in"), required=False)
    in_list = forms.BooleanField(
        label=gettext_lazy("A column of the list"),
        required=False,
        help_text=gettext_lazy("On narrow screens these columns are left out first."),
    )

    def __init__(self, *args: Any, record_type: RecordType, field: CustomField | None = None, **kwargs: Any) -> None:
        if field is not None:
            kwargs["initial"] = {
                "label": field.label,
                "choices": "\n".join(_line(pair) for pair in field.choices),
                "required": field.required,
                "in_list": field.in_list,
                **field.settings,
            }
        super().__init__(*args, **kwargs)
        self.field = field
        target: Any = self.fields["target"]
        target.choices = [("", "—"), *((each.slug, capfirst(str(each.label_plural))) for each in registry)]
        self._offer_computed(record_type)
        if field is not None:
            for kind in _SETTINGS.keys() - {field.kind}:
                for name in _SETTINGS[kind]:
                    del self.fields[name]
            if field.computed:
                del self.fields["required"]
            del self.fields["key"], self.fields["kind"], self.fields["target"]
            if not field.choices:
                del self.fields["choices"]

    def _offer_computed(self, record_type: RecordType) -> None:
        known = ", ".join(usable(record_type.plain_fields()))
        self.fields["formula"].help_text = _(
            "For formulas, such as “round(custom.price * 1.21, 2)”. Fields: %(fields)s. Functions: %(functions)s."
        ) % {"fields": known, "functions": ", ".join(sorted(FUNCTIONS))}
        relations = [each for each in record_type.relations() if registry.find(each.record_type)]
        relation: Any = self.fields["relation"]
        relation.choices = [("", "—"), *((each.name, capfirst(str(each.label))) for each in relations)]
        measured: Any = self.fields["measured"]
        groups: list[Any] = [("", "—")]
        for other in {each.record_type: registry.get(each.record_type) for each in relations}.values():
            fields = other.plain_fields().items()
            names = [(name, capfirst(str(one.label))) for name, one in fields if one.kind in ORDERED]
            groups += [(capfirst(str(other.label_plural)), names)] if names else []
        measured.choices = groups

    def clean_choices(self) -> list[dict[str, str]]:
        """The choices as they are stored."""
        made: dict[str, dict[str, str]] = {}
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        if len(lines) > _MOST_CHOICES:
            raise forms.ValidationError(_("At most %(count)d choices.") % {"count": _MOST_CHOICES})
        for line in lines:
            value, sign, label = (part.strip() for part in line.partition("="))
            if not value or len(value) > 100 or (sign and not label):
                raise forms.ValidationError(_("“%(line)s” isn’t “value = label”.") % {"line": line[:60]})
            if value in made:
                raise forms.ValidationError(_("“%(value)s” stands there twice.") % {"value": value})
            made[value] = {"value": value, "label": label or value}
        return list(made.values())

    def given(self) -> FieldGiven:
        """What was given; after `is_valid`."""
        data = self.cleaned_data
        return FieldGiven(
            label=data["label"],
            key=data.get("key") or slugify(data["label"]).replace("-", "_")[:40].lstrip("_0123456789"),
            kind=data.get("kind", ""),
            choices=data.get("choices", []),
            required=data.get("required", False),
            in_list=data["in_list"],
            target=data.get("target", ""),
            settings={name: data.get(name, "") for names in _SETTINGS.values() for name in names},
        )


def _line(pair: dict[str, str]) -> str:
    return pair["value"] if pair["value"] == pair["label"] else f"{pair['value']} = {pair['label']}"
