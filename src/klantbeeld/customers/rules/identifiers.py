"""What a customer is recognised by: the kinds of identifier, and how each is written in one way only."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.platform.kernel.errors import Invalid, Text, filled
from klantbeeld.platform.kernel.text import clean_line

from .company_numbers import normalise_iban, normalise_kvk, normalise_vat
from .email_addresses import normalise_email
from .normalised import Normalised, Unacceptable
from .phone_numbers import normalise_phone

LONGEST = 255


def normalise(kind: IdentifierKind | str, text: str, region: str = "NL") -> Normalised:
    """One spelling of an identifier to match by, and one to show.

    `region` (ISO 3166 alpha-2) says where a phone or VAT number without country is from.
    Normalising the value again gives the same value. Raises Invalid, under the name of the kind,
    with what is wrong; ValueError for a kind that doesn't exist.
    """
    if type(kind) is not IdentifierKind:
        kind = IdentifierKind(kind)
    try:
        if not text or text.isspace():
            raise Unacceptable(_("Nothing was filled in."))
        return _RULES[kind](text, region)
    except Unacceptable as wrong:
        raise Invalid({kind.value: [wrong.message]}) from None


def _external(text: str, region: str) -> Normalised:
    """Numbers of other systems are opaque: their case matters."""
    line = _short(clean_line(text))
    return Normalised(line, line)


def _handle(text: str, region: str) -> Normalised:
    line = _short(clean_line(text))
    name = line.lstrip("@ ").strip()
    if not name or " " in name:
        raise Unacceptable(_("A name on a network is one word, such as @marieke."))
    return Normalised(name.lower(), "@" + name)


def _cookie(text: str, region: str) -> Normalised:
    token = _short(text.strip())
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise Unacceptable(_("A browser's mark has only letters, digits and punctuation, without spaces."))
    return Normalised(token, token)


def _loyalty(text: str, region: str) -> Normalised:
    line = _short(clean_line(text))
    value = "".join(sign for sign in line if sign.isalnum()).upper()
    if not value:
        raise Unacceptable(_("A card number has letters or digits."))
    return Normalised(value, line)


def _short(text: str) -> str:
    if not text:
        raise Unacceptable(_("Nothing was filled in."))
    if len(text) > LONGEST:
        raise Unacceptable(_too_long(len(text)))
    return text


def _too_long(length: int) -> Text:
    return filled(_("This has %(length)d characters; at most %(longest)d fit."), length=length, longest=LONGEST)


_RULES: dict[IdentifierKind, Callable[[str, str], Normalised]] = {
    IdentifierKind.EMAIL: lambda text, region: normalise_email(text),
    IdentifierKind.PHONE: normalise_phone,
    IdentifierKind.VAT: normalise_vat,
    IdentifierKind.KVK: lambda text, region: normalise_kvk(text),
    IdentifierKind.IBAN: lambda text, region: normalise_iban(text),
    IdentifierKind.EXTERNAL: _external,
    IdentifierKind.HANDLE: _handle,
    IdentifierKind.COOKIE: _cookie,
    IdentifierKind.LOYALTY: _loyalty,
}
