"""Secrets of others, unreadable in the database and its backups without the installation's own key."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def sealed(text: str) -> str:
    """The text, encrypted and signed (Fernet) with a key that follows from SECRET_KEY."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """What was sealed; "" when it was sealed with another key or isn't sealed text at all."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""


def _box() -> Fernet:
    digest = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"kb.sign-on").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
