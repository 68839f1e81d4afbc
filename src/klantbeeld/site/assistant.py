"""The tools of assistants that need more than one package: finding a record, and writing down a contact."""

from collections.abc import Mapping
from typing import Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.public import Tool, create_as_program, offer
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find

_TEXT = {"type": "string"}
_UUID = {"type": "string", "format": "uuid"}


def compose() -> None:
    """Register the tools."""
    offer(
        Tool(
            "search",
            "Finds records of every kind by a name, number, address or word; tolerant of typing errors.",
            {"text": _TEXT},
            ("text",),
            _search,
        )
    )
    offer(
        Tool(
            "log_interaction",
            "Writes down a contact with a customer, such as a call or a meeting. It can't be changed afterwards.",
            {
                "customer": _UUID,
                "channel": {"type": "string", "description": "call, meeting, email, note, ..."},
                "summary": {"type": "string", "description": "One line that says what it was about."},
                "body": {"type": "string", "description": "What was said, at length."},
                "direction": {"type": "string", "description": "Whether it came in or went out."},
                "at": {"type": "string", "format": "date-time", "description": "When; now if left out."},
            },
            ("customer", "channel", "summary"),
            _log_interaction,
            writes=True,
        )
    )


def _search(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    hits = [
        {"type": hit.record_type.slug, "id": hit.id, "title": hit.title, "subtitle": hit.subtitle}
        for hit in find(actor, given["text"])
    ]
    return {"hits": hits}


def _log_interaction(actor: Actor, given: Mapping[str, Any]) -> dict[str, Any]:
    return create_as_program(actor, registry.get("interactions"), given)
