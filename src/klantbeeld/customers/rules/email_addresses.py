"""E-mail addresses: RFC 5321 and 6531, without the quoted names and numeric hosts that nobody writes by hand."""

import re
import unicodedata

import idna
from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.kernel.errors import Text, filled
from klantbeeld.platform.kernel.text import clean_line

from .normalised import Normalised, Unacceptable

_LONGEST = 254
_LONGEST_NAME = 64
_SIGNS = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]"
_USUAL = re.compile(
    rf"(?P<name>{_SIGNS}+(?:\.{_SIGNS}+)*)@(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.)+[a-z]{{2,63}}"
)
_NAME = re.compile(rf"(?:{_SIGNS}|[^\x00-\xa0\s])+(?:\.(?:{_SIGNS}|[^\x00-\xa0\s])+)*")
_WRAPPED = re.compile(r"(?:mailto:|[^<>]*<)\s*([^<>\s]+)\s*>?", re.IGNORECASE)


def normalise_email(text: str) -> Normalised:
    """The address in small letters with its domain as in the DNS; shown as given.

    The standard lets a host tell "Jan" from "jan", but no host that matters does, and people don't.
    Accepts "mailto:..." and "Name <...>". Raises Unacceptable.
    """
    shown = clean_line(text)
    value = shown.lower()
    usual = _USUAL.fullmatch(value) if len(value) <= _LONGEST else None
    if usual and usual.end("name") <= _LONGEST_NAME:
        return Normalised(value, shown)
    if wrapped := _WRAPPED.fullmatch(shown):
        shown = wrapped[1]
    return Normalised(_checked(shown), shown)


def _checked(address: str) -> str:
    if len(address) > _LONGEST:
        raise Unacceptable(_too_long())
    name, at, domain = address.rpartition("@")
    if not at:
        raise Unacceptable(_("An e-mail address has an @, such as marieke@example.nl."))
    if not name or not domain:
        raise Unacceptable(_("There is nothing before or after the @."))
    if " " in address:
        raise Unacceptable(_("An e-mail address has no spaces; is this more than one?"))
    name = unicodedata.normalize("NFC", name.lower())
    if not _NAME.fullmatch(name):
        raise Unacceptable(filled(_("“%(name)s” can't stand before the @."), name=name))
    if len(name.encode()) > _LONGEST_NAME:
        raise Unacceptable(filled(_("The part before the @ is longer than %(most)d characters."), most=_LONGEST_NAME))
    value = f"{name}@{_domain(domain)}"
    if len(value.encode()) > _LONGEST:
        raise Unacceptable(_too_long())
    return value


def _too_long() -> Text:
    return filled(_("An e-mail address has at most %(most)d characters."), most=_LONGEST)


def _domain(domain: str) -> str:
    try:
        encoded = idna.encode(domain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise Unacceptable(filled(_("“%(domain)s” is not a domain."), domain=domain)) from None
    top = encoded.rpartition(".")[2]
    if "." not in encoded or top.isdigit() or encoded.endswith("."):
        raise Unacceptable(filled(_("“%(domain)s” is not a domain: its end is missing."), domain=domain))
    return encoded.lower()
