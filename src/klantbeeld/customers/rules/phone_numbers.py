"""Phone numbers: E.164 to match by, and as people say them to show."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from klantbeeld.platform.kernel.errors import filled
from klantbeeld.platform.kernel.text import clean_line

from .normalised import Normalised, Unacceptable

_LONGEST = 60
_PUNCTUATION = str.maketrans("", "", " -./()")
# A Dutch mobile number, or one with a two- or three-digit area code: nearly all that an import here brings.
_DUTCH = re.compile(r"(?:0|\+31|0031|\+310)([1-57]\d{8}|6[1-58]\d{7})", re.ASCII)
_SHORT_AREA = re.compile("1[035]|2[0346]|3[03568]|4[0356]|5[0358]|7")
_NL = phonenumbers.PhoneMetadata.metadata_for_region("NL")
_FIXED = re.compile(str(_NL and _NL.fixed_line and _NL.fixed_line.national_number_pattern))
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def normalise_phone(text: str, region: str = "NL") -> Normalised:
    """A number as E.164, and shown as it is dialled from `region`, an extension included.

    A number of `region` must be in a range in use; one from abroad needs the right length only, since new ranges
    are given out faster than software learns of them. Raises Unacceptable.
    """
    national = _dutch(text.translate(_PUNCTUATION)) if region == "NL" and text.isascii() else None
    if national:
        return Normalised("+31" + national, _as_said(national))
    line = clean_line(text)
    number = _parsed(line, region)
    if not phonenumbers.is_valid_number(number):
        _refuse_impossible(number, line, region)
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Normalised(value, _shown(number, region))


def _dutch(number: str) -> str | None:
    """The nine digits of a common Dutch number without punctuation; None if it is anything else."""
    found = _DUTCH.fullmatch(number.strip())
    if not found:
        return None
    national = found[1]
    return national if national[0] == "6" or _FIXED.fullmatch(national) else None


def _as_said(national: str) -> str:
    n = national
    if n[0] == "6":
        return f"06 {n[1:3]} {n[3:5]} {n[5:7]} {n[7:]}"
    if _SHORT_AREA.match(n):
        return f"0{n[:2]} {n[2:5]} {n[5:7]} {n[7:]}"
    return f"0{n[:3]} {n[3:5]} {n[5:7]} {n[7:]}"


def _parsed(line: str, region: str) -> PhoneNumber:
    if len(line) > _LONGEST:
        raise Unacceptable(filled(_("A phone number has at most %(most)d characters."), most=_LONGEST))
    try:
        return phonenumbers.parse(line, region)
    except NumberParseException as wrong:
        if wrong.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            raise Unacceptable(
                filled(_("“%(number)s” starts with a country code that doesn't exist."), number=line)
            ) from None
        if wrong.error_type == NumberParseException.TOO_LONG:
            raise Unacceptable(filled(_("“%(number)s” has too many digits."), number=line)) from None
        raise Unacceptable(filled(_("“%(number)s” is not a phone number."), number=line)) from None


def _refuse_impossible(number: PhoneNumber, line: str, region: str) -> None:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise Unacceptable(filled(_("“%(number)s” has too few digits."), number=line))
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise Unacceptable(filled(_("“%(number)s” has too many digits."), number=line))
    at_home = phonenumbers.country_code_for_region(region) == number.country_code
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or at_home or _LETTERS.search(line):
        raise Unacceptable(
            filled(_("“%(number)s” is not in use as a number: is a digit missing or wrong?"), number=line)
        )


def _shown(number: PhoneNumber, region: str) -> str:
    national = str(number.national_number)
    if number.country_code == 31 and region == "NL" and not number.extension and _dutch("0" + national):
        return _as_said(national)
    at_home = phonenumbers.region_code_for_number(number) == region
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )
