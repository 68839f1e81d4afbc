"""The form of a record type of the organisation's own."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.customfields.models import check_slug
from klantbeeld.platform.customfields.public import OwnType
from klantbeeld.platform.organisation.actions.save_type import TypeGiven
from klantbeeld.platform.ui import icons

_BRAND = "brand-"


class TypeForm(forms.Form):
    """What a type is called in singular and plural, and how it looks."""

    label_plural = forms.CharField(
        label=_("Name of several"), max_length=60, help_text=_("As it stands in the menu, such as “machines”.")
    )
    label = forms.CharField(label=_("Name of one"), max_length=60, help_text=_("Such as “machine”."))
    name_label = forms.CharField(
        label=_("What its name is called"),
        max_length=60,
        required=False,
        help_text=_("Each record has a name; it may be called something else, such as “serial number”."),
    )
    slug = forms.CharField(
        label=_("Name in addresses"),
        max_length=40,
        required=False,
        validators=[check_slug],
        help_text=_("In web addresses and the API; it can’t change later. Made from the name if left out."),
    )
    icon = forms.ChoiceField(label=_("Icon"), choices=())

    def __init__(self, *args: Any, own: OwnType | None = None, **kwargs: Any) -> None:
        if own is not None:
            names = ("label", "label_plural", "name_label", "icon")
            kwargs["initial"] = {name: getattr(own, name) for name in names}
        else:
            kwargs["initial"] = {"icon": "puzzle"}
        super().__init__(*args, **kwargs)
        icon: Any = self.fields["icon"]
        icon.choices = [(name, name) for name in sorted(icons.NAMES) if not name.startswith(_BRAND)]
        if own is not None:
            del self.fields["slug"]

    def given(self) -> TypeGiven:
        """What was given; after `is_valid`."""
        data = self.cleaned_data
        return TypeGiven(
            slug=data.get("slug") or slugify(data["label_plural"])[:40].strip("-").lstrip("0123456789-"),
            label=data["label"],
            label_plural=data["label_plural"],
            name_label=data["name_label"],
            icon=data["icon"],
        )
