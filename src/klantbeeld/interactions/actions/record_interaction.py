"""Writing a contact into the ledger."""

from django.utils.translation import gettext as _

from klantbeeld.customers.public import note_contact
from klantbeeld.interactions.enums import INTERNAL_CHANNELS
from klantbeeld.interactions.models import Interaction
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer


class InteractionWriter(Writer):
    """Fills in who and when, and tells the customer's record that we met."""

    completes = ("at", "member_id", "summary")

    def complete(self, record: Interaction, changed: set[str], created: bool) -> None:
        if record.at is None:
            record.at = clock.now()
        if record.member_id is None and self.actor.member_id is not None and "member" not in changed:
            record.member_id = self.actor.member_id
        if not record.summary and not record.body:
            raise Invalid({"summary": [_("Say in a few words what it was about.")]})
        if not record.summary:
            record.summary = record.body.split("\n", 1)[0][:300]

    def after_save(self, instance: Interaction, changed: set[str], created: bool) -> None:
        if instance.channel not in INTERNAL_CHANNELS:
            note_contact(instance.customer_id, instance.at, instance.channel)
