"""What an assistant may use: a closed registry of tools that refuses duplicates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from klantbeeld.platform.access.actor import Actor

Schema = Mapping[str, Any]
Work = Callable[[Actor, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Tool:
    """One thing that an assistant can do for somebody.

    `about` tells the assistant in English when to use it, `properties` are its arguments as JSON Schema, `needed` those
    it can't do without. `work` gets who acts and the arguments, whose names and JSON types have been looked at, and
    returns what is answered. `writes` says whether it changes anything.
    """

    name: str
    about: str
    properties: Schema
    needed: tuple[str, ...]
    work: Work
    writes: bool = False

    @property
    def described(self) -> dict[str, Any]:
        """The tool as the protocol describes it."""
        schema = {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.needed),
            "additionalProperties": False,
        }
        hints = {"readOnlyHint": not self.writes, "destructiveHint": False, "openWorldHint": False}
        return {"name": self.name, "description": self.about, "inputSchema": schema, "annotations": hints}


_tools: dict[str, Tool] = {}


def offer(tool: Tool) -> None:
    """Add a tool. Raises ValueError when its name is taken."""
    if tool.name in _tools:
        raise ValueError(f"There is a tool {tool.name!r} already.")
    _tools[tool.name] = tool


def tools() -> Mapping[str, Tool]:
    """The tools by name."""
    return _tools
