"""What others use of the API: the tokens with which programs sign in, forgetting old answers, and
how records are written as JSON, and
offering tools to assistants."""

from klantbeeld.platform.api.actions.create_token import create_token
from klantbeeld.platform.api.actions.revoke_token import revoke_token
from klantbeeld.platform.api.limits import MOST as MOST_REQUESTS_PER_MINUTE
from klantbeeld.platform.api.mcp.record_tools import create as create_as_program
from klantbeeld.platform.api.mcp.registry import Tool, offer
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.once import forget_old_answers
from klantbeeld.platform.api.queries import tokens_within_reach
from klantbeeld.platform.api.representation import Representation, encoded

__all__ = [
    "MOST_REQUESTS_PER_MINUTE",
    "Representation",
    "Token",
    "Tool",
    "create_as_program",
    "create_token",
    "encoded",
    "forget_old_answers",
    "offer",
    "revoke_token",
    "tokens_within_reach",
]
