"""Telling an organisation's name from a person's."""

import re

from klantbeeld.platform.kernel.text import fold

from .name_words import PREFIXES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEGAL_FORMS = _words(
    """bv nv vof cv bvba srl sprl vzw asbl ivzw gmbh ohg ltd limited llc llp inc plc corp sarl oy sro"""
)
"""At the end of a name only: "B.V. de Wit" is a person."""
_FORMS_AND_FAMILIES = _words("ab ag aps kg sa sas spa ug")
"""Legal forms when they are written as such: "Danone S.A.", "Danone SA", "Barilla SpA"; but Jan Sas is a person."""

_KINDS = _words(
    """stichting vereniging gemeente provincie ministerie waterschap cooperatie universiteit hogeschool university
    ziekenhuis basisschool college holding maatschap genootschap gebroeders gebr foundation
    association company verein stiftung gesellschaft societe vve parochie federatie"""
)
_GROUPS = frozenset({"groep", "group"})
"""Groups, but families as well."""
_IN_FRONT = frozenset({"fa", "firma"})
_KIND_ENDINGS = (
    "bedrijf",
    "bedrijven",
    "bureau",
    "centrum",
    "fonds",
    "kantoor",
    "onderneming",
    "praktijk",
    "stichting",
    "vereniging",
)
_PARTNERS = re.compile(r"(?:&|\+|\ben\b) (?:co|cie|zn|zoon|zonen|dochters?|partners|sons|sohne)\b")
_SPACED_FORM = re.compile(r"\b([bcnv]) (v|o f)$")
_AFTER_FORM = re.compile(r" *(?:\([^()]*\)|i\.?o\.?|in liquidatie)$")


def is_organisation_name(text: str) -> bool:
    """Whether a name says by itself that it is an organisation's: by its legal form, or the kind of organisation.

    "Bakker Installaties B.V.", "Stichting De Brug", "Jansen & Zn." do; "Bakker" and "Philips" don't.
    """
    name = fold(text)
    if name.endswith((")", "o.", "o", "liquidatie")):
        name = _AFTER_FORM.sub("", name)
    words = name.replace(".", "").split()
    if len(words) > 1 and (words[-1] in _LEGAL_FORMS or words[0] in _IN_FRONT):
        return True
    if len(words) > 1 and words[-1] in _FORMS_AND_FAMILIES and _is_written_as_form(text, len(name.split())):
        return True
    if len(words) > 1 and words[-1] in _GROUPS and words[-2] not in PREFIXES and len(words[0]) > 1:
        return True
    if any(word in _KINDS or (word.endswith(_KIND_ENDINGS) and word not in _KIND_ENDINGS) for word in words):
        return True
    plain = " ".join(words)
    return bool(_PARTNERS.search(plain) or (len(words) > 2 and _SPACED_FORM.search(plain)))


def _is_written_as_form(text: str, count: int) -> bool:
    """Whether the last of the first `count` words has a dot or a capital inside, where not all letters are capitals."""
    form = text.split()[count - 1]
    return "." in form or (form[1:] != form[1:].lower() and not text.isupper())
