"""Rules of commerce: pure, of values only."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.currencies import minor_units


def check_currency(code: str) -> None:
    """Refuse what is no ISO 4217 code of a currency in use. Raises ValidationError."""
    try:
        minor_units(code)
    except ValueError:
        raise ValidationError(_("Use the three letters of a currency, such as EUR.")) from None
