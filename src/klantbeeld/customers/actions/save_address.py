"""Adding or changing a further address."""

from klantbeeld.customers.models import Address
from klantbeeld.customers.rules.addresses import normalise_postcode
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer


class AddressWriter(Writer):
    """Writes the postcode as its country does."""

    def before_save(self, instance: Address, changed: set[str], created: bool) -> None:
        instance.country = (instance.country or self.actor.tenant.country).upper()
        if instance.postcode:
            try:
                instance.postcode = normalise_postcode(instance.postcode, instance.country)
            except Invalid as problem:
                raise Invalid({"postcode": [text for texts in problem.errors.values() for text in texts]}) from None
