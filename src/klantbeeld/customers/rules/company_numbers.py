"""Numbers that the state or a bank gives: VAT, KVK and IBAN."""

import re
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS
from stdnum import iban
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.util import get_cc_module

from klantbeeld.platform.kernel.errors import Text, filled
from klantbeeld.platform.kernel.text import clean_line

from .normalised import Normalised, Unacceptable

_LOOSE = str.maketrans("", "", " .-/\u00a0")
_LONGEST = 60
_KVK_LABEL = re.compile(r"^\s*(?:kvk|k\.v\.k\.)[\s.:-]*(?:nummer|nr\.?)?[\s.:-]*", re.IGNORECASE)
# VAT calls Greece EL and Northern Ireland XI, where ISO 3166 has GR and no code.
_VAT_MODULES = {"EL": "gr", "XI": "gb"}
_VAT_PREFIXES = {"GR": "EL"}
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")
_WITH_PREFIX = re.compile(r"[A-Z]{2}[0-9A-Z]{2,13}")


def normalise_vat(text: str, region: str = "NL") -> Normalised:
    """A VAT number with its country's letters: "NL004495445B01". `region` is the country of one without them.

    Length and check digits are tested for every country whose rule is known, others (the countries of ISO 3166
    that have telephone numbers) for their shape only.
    Raises Unacceptable.
    """
    number = _compact(text)
    prefix = number[:2] if number[:2].isalpha() else _VAT_PREFIXES.get(region, region)
    prefix = _VAT_PREFIXES.get(prefix, prefix)
    module = _vat_module(_VAT_MODULES.get(prefix, prefix.lower()))
    if module is None:
        if not _WITH_PREFIX.fullmatch(number) or prefix not in SUPPORTED_REGIONS:
            raise Unacceptable(_("A VAT number starts with the two letters of its country, such as NL or BE."))
        return Normalised(number, number)
    bare = number[2:] if number[:2] == prefix or _VAT_PREFIXES.get(number[:2]) == prefix else number
    try:
        # The Swiss rule alone counts the country's letters as part of the number.
        valid = module.validate(number if prefix == "CH" else bare)
    except ValidationError as wrong:
        raise Unacceptable(_why_no_vat(wrong, prefix)) from None
    value = valid if valid[:2] == prefix else prefix + valid
    return Normalised(value, value)


def normalise_kvk(text: str) -> Normalised:
    """A number of the Dutch trade register: 8 digits, or the 12 of one of its branches. Raises Unacceptable.

    The register has no check digit, so that only the length can be tested.
    """
    number = _compact(_KVK_LABEL.sub("", text))
    if not (number.isascii() and number.isdigit()):
        raise Unacceptable(_("A KVK number has digits only."))
    if len(number) == 7:
        raise Unacceptable(_("This has 7 digits and a KVK number has 8: was a zero in front lost?"))
    if len(number) == 9:
        raise Unacceptable(_("This has 9 digits, as an RSIN has; a KVK number has 8."))
    if len(number) not in (8, 12):
        raise Unacceptable(
            filled(_("This has %(count)d digits; a KVK number has 8, that of a branch 12."), count=len(number))
        )
    return Normalised(number, number)


def normalise_iban(text: str) -> Normalised:
    """An IBAN without spaces, shown in groups of four. Raises Unacceptable."""
    number = _compact(text)
    if not _IBAN.fullmatch(number):
        raise Unacceptable(_("This is not an IBAN, such as NL91 ABNA 0417 1643 00."))
    try:
        value = iban.validate(number)
    except InvalidChecksum:
        raise Unacceptable(_("The check digits of this IBAN are wrong: is a digit mistyped?")) from None
    except ValidationError:
        raise Unacceptable(_("This IBAN doesn't have the shape that its country uses.")) from None
    return Normalised(value, iban.format(value))


def _compact(text: str) -> str:
    line = clean_line(text)
    if len(line) > _LONGEST:
        raise Unacceptable(filled(_("This has more than %(most)d characters."), most=_LONGEST))
    return line.translate(_LOOSE).upper()


@lru_cache(maxsize=256)
def _vat_module(country: str) -> Any:
    return get_cc_module(country, "vat") if country.isascii() else None


def _why_no_vat(wrong: ValidationError, prefix: str) -> Text:
    if isinstance(wrong, InvalidChecksum):
        return filled(
            _("The check digits of this VAT number (%(country)s) are wrong: is a digit mistyped?"), country=prefix
        )
    if isinstance(wrong, InvalidLength):
        return filled(_("This VAT number (%(country)s) has too few or too many digits."), country=prefix)
    if prefix == "NL":
        return _("A Dutch VAT number looks like NL004495445B01.")
    return filled(_("This is not a VAT number of %(country)s."), country=prefix)
