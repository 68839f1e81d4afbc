"""The Model Context Protocol, as far as a server of tools needs it: JSON-RPC 2.0, one message, one answer.

https://modelcontextprotocol.io/specification. There is nothing to remember between messages and nothing that the server
would send by itself, so no session and no stream is needed.
"""

from collections.abc import Callable, Mapping
from typing import Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.mcp.registry import Tool, tools
from klantbeeld.platform.api.representation import encoded
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import Invalid, Refused

VERSIONS = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
PARSE_ERROR, BAD_REQUEST, NO_METHOD, BAD_PARAMS = -32700, -32600, -32601, -32602
_INSTRUCTIONS = (
    "Klantbeeld is a CRM: customers and everything that happened with them. Everything is done in the name and with the"
    " rights of one colleague. Begin with describe_types; use search to find a record by name or number."
)
_JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
}
Answer = dict[str, Any]


class RpcError(Exception):
    """A message that can't be answered: a code of JSON-RPC and a sentence."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


def answer(actor: Actor, message: Any) -> Answer | None:
    """The answer to a message; None to one that wants none (a notification)."""
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return error(None, BAD_REQUEST, "Send one JSON-RPC 2.0 message.")
    if "method" not in message or "id" not in message:
        return None
    params = message.get("params") or {}
    try:
        method = _METHODS.get(str(message["method"]))
        if method is None:
            raise RpcError(NO_METHOD, f"There is no method {str(message['method'])[:60]!r} here.")
        if not isinstance(params, dict):
            raise RpcError(BAD_PARAMS, "params must be an object.")
        result = method(actor, params)
    except RpcError as problem:
        return error(message["id"], problem.code, str(problem))
    return {"jsonrpc": "2.0", "id": message["id"], "result": result}


def error(message_id: Any, code: int, text: str) -> Answer:
    """An answer that says what was wrong with a message."""
    return {"jsonrpc": "2.0", "id": message_id, "error": {"code": code, "message": text}}


def _initialize(actor: Actor, params: Mapping[str, Any]) -> Answer:
    wanted = params.get("protocolVersion")
    return {
        "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
        "capabilities": {"tools": {"listChanged": False}},
        "serverInfo": {"name": "klantbeeld", "title": "Klantbeeld", "version": "1"},
        "instructions": _INSTRUCTIONS,
    }


def _list_tools(actor: Actor, params: Mapping[str, Any]) -> Answer:
    return {"tools": [each.described for each in tools().values()]}


def _call(actor: Actor, params: Mapping[str, Any]) -> Answer:
    tool = tools().get(str(params.get("name")))
    if tool is None:
        raise RpcError(BAD_PARAMS, f"There is no tool {str(params.get('name'))[:60]!r}.")
    try:
        said = tool.work(actor, _arguments(tool, params.get("arguments") or {}))
    except Refused as problem:
        return _told(problem.as_problem(), is_error=True)
    except BadCondition as problem:
        return _told({"code": "bad_condition", "detail": str(problem.message), "pointer": problem.path}, is_error=True)
    return _told(said, is_error=False)


def _arguments(tool: Tool, given: Any) -> Mapping[str, Any]:
    """The arguments, of the right names and JSON types. Raises Invalid, which the assistant can mend."""
    if not isinstance(given, dict):
        raise RpcError(BAD_PARAMS, "arguments must be an object.")
    errors = {name: ["There is no such argument."] for name in given if name not in tool.properties}
    errors |= {name: ["This is needed."] for name in tool.needed if name not in given}
    for name, value in given.items():
        kind = tool.properties.get(name, {}).get("type")
        wrong = kind is not None and (not isinstance(value, _JSON_TYPES[kind]) or (kind == "integer" and value is True))
        texts = kind == "array" and isinstance(value, list) and not all(isinstance(each, str) for each in value)
        if wrong or texts:
            errors[name] = [f"This must be of the type {kind}{' of strings' if texts else ''}."]
        elif isinstance(value, str) and "\x00" in value:
            errors[name] = ["This holds a character that can't be used."]
    if errors:
        raise Invalid(errors)
    return given


def _told(said: Mapping[str, Any], is_error: bool) -> Answer:
    text = encoded(said).decode()
    told: Answer = {"content": [{"type": "text", "text": text}], "isError": is_error}
    return told if is_error else told | {"structuredContent": said}


_METHODS: Mapping[str, Callable[[Actor, Mapping[str, Any]], Answer]] = {
    "initialize": _initialize,
    "ping": lambda actor, params: {},
    "tools/list": _list_tools,
    "tools/call": _call,
}
