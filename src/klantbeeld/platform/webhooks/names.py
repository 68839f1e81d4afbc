"""Names of this package that are stored: its ability, and what can be told."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MANAGE_WEBHOOKS = "webhooks.manage"
ABILITIES = {MANAGE_WEBHOOKS: _("Have other programs told what happens")}
VERBS = {
    "created": pgettext_lazy("event", "added"),
    "changed": pgettext_lazy("event", "changed"),
    "deleted": pgettext_lazy("event", "deleted"),
}
