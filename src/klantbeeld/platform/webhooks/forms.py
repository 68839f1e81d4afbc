"""The form for a webhook."""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.webhooks.actions.save_webhook import Wanted
from klantbeeld.platform.webhooks.addresses import LONGEST
from klantbeeld.platform.webhooks.models import Webhook
from klantbeeld.platform.webhooks.names import VERBS

_LONGEST_CONDITION = 20_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of record with what can be told of it, each with its words for a screen reader."""

    label: str
    events: list[tuple[str, str]]


def offers(actor: Actor) -> list[Offer]:
    """What somebody can be told of: the kinds that they may read."""
    made = []
    for each in registry.readable_by(actor):
        label = capfirst(str(each.label_plural))
        made.append(Offer(label, [(f"{each.slug}.{verb}", f"{label}: {text}") for verb, text in VERBS.items()]))
    return made


class WebhookForm(forms.Form):
    """Name, address, what is told, and of which records."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=LONGEST,
        help_text=gettext_lazy("Where messages go: https, on the public internet."),
    )
    condition = forms.CharField(
        label=gettext_lazy("Only if"),
        required=False,
        max_length=_LONGEST_CONDITION,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("A condition as JSON, as in the API. Deletions are told whatever it says."),
    )
    events = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, actor: Actor, webhook: Webhook | None = None, **kwargs: Any) -> None:
        if webhook is not None:
            condition = "" if webhook.condition is None else json.dumps(webhook.condition, ensure_ascii=False)
            kwargs["initial"] = {
                "name": webhook.name,
                "url": webhook.url,
                "condition": condition,
                "events": webhook.events,
            }
        super().__init__(*args, **kwargs)
        self.offers = offers(actor)
        self.fields["events"].choices = [event for offer in self.offers for event in offer.events]  # type: ignore[attr-defined]

    def clean_condition(self) -> Any:
        """The condition as data; None without one."""
        text = self.cleaned_data["condition"].strip()
        try:
            return json.loads(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("This isn't valid JSON.")) from None

    def wanted(self) -> Wanted:
        """What was filled in; after `is_valid`."""
        given = self.cleaned_data
        return Wanted(given["name"], given["url"], given["events"], given["condition"])
