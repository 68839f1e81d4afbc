"""Signatures by the Standard Webhooks scheme, so that receivers can check them with a library they have.

https://www.standardwebhooks.com: HMAC-SHA256 over "<id>.<timestamp>.<body>", in base64 behind "v1,"; several signatures
stand beside each other while a secret is being renewed.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

MARK = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as its receiver gets it."""
    return MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def headers(message_id: str, timestamp: int, body: str, keys: Iterable[str]) -> dict[str, str]:
    """The headers of a message, signed with each of the secrets. `timestamp` is in seconds since 1970."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    signatures = [
        "v1,"
        + base64.b64encode(hmac.new(base64.b64decode(key.removeprefix(MARK)), signed, hashlib.sha256).digest()).decode()
        for key in keys
    ]
    return {"webhook-id": message_id, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(signatures)}
