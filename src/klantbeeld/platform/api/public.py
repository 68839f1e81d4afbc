"""What others use of the API: the tokens with which programs sign in, and forgetting old answers."""

from klantbeeld.platform.api.actions.create_token import create_token
from klantbeeld.platform.api.actions.revoke_token import revoke_token
from klantbeeld.platform.api.limits import MOST as MOST_REQUESTS_PER_MINUTE
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.once import forget_old_answers
from klantbeeld.platform.api.queries import tokens_within_reach

__all__ = [
    "MOST_REQUESTS_PER_MINUTE",
    "Token",
    "create_token",
    "forget_old_answers",
    "revoke_token",
    "tokens_within_reach",
]
