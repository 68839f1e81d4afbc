"""What a SAML provider says of itself: XML from outside, so small, without entities, and over HTTPS only."""

from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser as Parser

from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.signon.fetching import NotPublic, provider_session

_MOST_LETTERS = 500_000


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """Name, where to send people, and the certificate with which answers are signed."""

    entity_id: str
    sign_in_url: str
    certificate: str


def read_metadata(given: str) -> SamlProvider:
    """The provider that metadata describes: XML, or its https address. Raises Invalid for the field `metadata`."""
    text = _fetched(given.strip()) if given.strip().startswith(("http://", "https://")) else given.strip()
    if len(text) > _MOST_LETTERS:
        raise _wrong(_("This is too long to be metadata of a provider."))
    if "<!" in text.replace("<!--", ""):
        raise _wrong(_("Metadata with a document type or entities is refused."))
    try:
        found: dict[str, Any] = Parser.parse(text.encode(), required_sso_binding=Constants.BINDING_HTTP_REDIRECT)
    except (etree.XMLSyntaxError, OneLogin_Saml2_Error, ValueError, TypeError, KeyError):
        raise _wrong(_("This isn’t SAML metadata of a provider.")) from None
    idp = found.get("idp", {})
    several = (idp.get("x509certMulti") or {}).get("signing") or [""]
    made = SamlProvider(
        entity_id=str(idp.get("entityId") or "")[:500],
        sign_in_url=str((idp.get("singleSignOnService") or {}).get("url") or ""),
        certificate="".join(str(idp.get("x509cert") or several[0]).split()),
    )
    if not (made.entity_id and made.sign_in_url and made.certificate):
        raise _wrong(_("The metadata lacks a name, a sign-in address (HTTP-Redirect) or a signing certificate."))
    if not made.sign_in_url.startswith("https://") and not settings.SIGN_ON_PRIVATE:
        raise _wrong(_("The sign-in address must begin with https://."))
    return made


def _fetched(url: str) -> str:
    if not url.startswith("https://") and not settings.SIGN_ON_PRIVATE:
        raise _wrong(_("The address must begin with https://."))
    try:
        with provider_session() as session, session.get(url, stream=True) as answer:
            answer.raise_for_status()
            return answer.raw.read(_MOST_LETTERS + 1, decode_content=True).decode()
    except NotPublic:
        raise _wrong(_("This address is in a private network. Nothing was sent to it.")) from None
    except (requests.RequestException, ValueError, OSError):
        raise _wrong(_("No metadata came from this address.")) from None


def _wrong(text: str) -> Invalid:
    return Invalid({"metadata": [text]})
