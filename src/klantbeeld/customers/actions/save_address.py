"""Adding or changing a further address."""

from klantbeeld.customers.models import Address
from klantbeeld.customers.rules.addresses import normalise_postcode, street_and_number
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer


class AddressWriter(Writer):
    """Writes the postcode as its country does, and the house number apart."""

    completes = ("country", "house_number")

    def complete(self, record: Address, changed: set[str], created: bool) -> None:
        record.country = (record.country or self.actor.tenant.country).upper()
        if "street" in changed:
            given = record.house_number if "house_number" in changed else ""
            street, number = street_and_number(record.street, given, record.country)
            if number:
                record.street, record.house_number = street, number
        if record.postcode:
            try:
                record.postcode = normalise_postcode(record.postcode, record.country)
            except Invalid as problem:
                raise Invalid({"postcode": [text for texts in problem.errors.values() for text in texts]}) from None
