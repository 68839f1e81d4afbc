"""Adding an identifier by hand."""

from klantbeeld.customers.models import Identifier
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.writing import Writer


class IdentifierWriter(Writer):
    """Normalises the value by its kind."""

    completes = ("value",)

    def complete(self, record: Identifier, changed: set[str], created: bool) -> None:
        try:
            found = normalise(record.kind, record.shown, self.actor.tenant.country)
        except Invalid as problem:
            raise Invalid({"shown": [text for texts in problem.errors.values() for text in texts]}) from None
        record.value, record.shown = found
