"""The text of a token: what its owner copies once and then sends with every request.

It holds 256 random bits and the id of the organisation, so that the token can be looked up within that organisation
only. Of the text we keep a plain SHA-256: slow, salted hashes protect secrets that can be guessed, and 256 random bits
can't be; a fast one costs nothing on every request.
"""

import base64
import hashlib
import secrets
from uuid import UUID

MARK = "kb_"
_SECRET_BYTES = 32
_SECRET_LENGTH = 43  # of 32 bytes in base64 without padding
_TENANT_LENGTH = 22  # of 16
_LENGTH = len(MARK) + _SECRET_LENGTH + _TENANT_LENGTH
PREFIX_LENGTH = len(MARK) + 8


def new(tenant_id: UUID) -> str:
    """A new token for an organisation."""
    return MARK + _encoded(secrets.token_bytes(_SECRET_BYTES)) + _encoded(tenant_id.bytes)


def digest(text: str) -> str:
    """What is stored of a token: the SHA-256 of its text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def tenant_of(text: str) -> UUID | None:
    """The organisation that a token says it is of; None when the text isn't a token's."""
    if len(text) != _LENGTH or not text.startswith(MARK) or not text.isascii():
        return None
    try:
        return UUID(bytes=base64.b64decode(text[-_TENANT_LENGTH:] + "==", altchars=b"-_", validate=True))
    except ValueError:
        return None


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
