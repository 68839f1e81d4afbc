"""A SAML provider for tests: it reads the question that our redirect carries, and signs its answer with its own key."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Saml

ENTITY, SIGN_IN = "https://saml.example.org/metadata", "https://saml.example.org/sign-in"
_METADATA = (
    '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">'
    '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
    '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
    "<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{sign_in}"/>'
    "</md:IDPSSODescriptor></md:EntityDescriptor>"
)
_ASSERTION = (
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a{id}" Version="2.0" IssueInstant="{now}">'
    "<saml:Issuer>{entity}</saml:Issuer><saml:Subject>"
    '<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{person}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
    '<saml:SubjectConfirmationData InResponseTo="{question}" Recipient="{to}" NotOnOrAfter="{later}"/>'
    "</saml:SubjectConfirmation></saml:Subject>"
    '<saml:Conditions NotBefore="{before}" NotOnOrAfter="{later}"><saml:AudienceRestriction>'
    "<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
    '<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s{id}"><saml:AuthnContext><saml:AuthnContextClassRef>'
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>"
    "</saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
)
_RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r{id}" Version="2.0" IssueInstant="{now}"'
    ' Destination="{to}" InResponseTo="{question}">'
    '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{entity}</saml:Issuer><samlp:Status>'
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>'
)


def _key_pair() -> tuple[str, str]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "saml.example.org")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    now = datetime.now(UTC)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret.decode(), certificate


@dataclass
class SamlProvider:
    """Its key and certificate; `number` keeps the ids of its answers apart."""

    pair: tuple[str, str] = field(default_factory=_key_pair)
    number: int = 0

    @property
    def metadata(self) -> str:
        """What the provider says of itself."""
        plain = "".join(self.pair[1].strip().splitlines()[1:-1])
        return _METADATA.format(entity=ENTITY, sign_in=SIGN_IN, certificate=plain)

    def answer(self, asked: str, person: str, signed: bool = True, **attributes: list[str]) -> str:
        """The `SAMLResponse` to a redirect, about a person with these attributes."""
        xml = zlib.decompress(base64.b64decode(parse_qs(urlsplit(asked).query)["SAMLRequest"][0]), -15)
        question = etree.fromstring(xml)
        self.number += 1
        now = datetime.now(UTC)
        values = {
            "id": self.number, "entity": ENTITY, "person": person, "question": question.get("ID"),
            "to": question.get("AssertionConsumerServiceURL"), "audience": question[0].text,
            "now": f"{now:%Y-%m-%dT%H:%M:%SZ}", "before": f"{now - timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
            "later": f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
            "attributes": "".join(_attribute(name, texts) for name, texts in attributes.items()),
        }  # fmt: skip
        assertion = _ASSERTION.format(**values)
        if signed:
            assertion = Saml.add_sign(assertion, *self.pair).decode()
        return base64.b64encode(_RESPONSE.format(assertion=assertion, **values).encode()).decode()


def _attribute(name: str, texts: list[str]) -> str:
    values = "".join(f"<saml:AttributeValue>{text}</saml:AttributeValue>" for text in texts)
    return f'<saml:Attribute Name="{name}">{values}</saml:Attribute>'
