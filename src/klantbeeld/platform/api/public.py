"""What others use of the API: making, listing and revoking the tokens with which programs sign in."""

from klantbeeld.platform.api.actions.create_token import create_token
from klantbeeld.platform.api.actions.revoke_token import revoke_token
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.queries import tokens_within_reach

__all__ = ["Token", "create_token", "revoke_token", "tokens_within_reach"]
