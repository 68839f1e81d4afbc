"""The types of the Python client, made from the API's own OpenAPI document."""

import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils import translation

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Grants
from klantbeeld.platform.api.bodies import CUSTOM
from klantbeeld.platform.api.schema.document import document
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

Schema = Mapping[str, Any]
_HEAD = '''"""The records of Klantbeeld as types. Made by `./klantbeeld manage make_client`; don't change it by hand."""

from typing import Any, Literal, NotRequired, Required, TypedDict

from klantbeeld_client.connection import Connection, Records


class Link(TypedDict):
    """What a record is linked to; the label is None when it may not be seen."""

    id: str
    label: str | None


class LinkTo(TypedDict):
    """A link as it may be written."""

    id: str
    label: NotRequired[str | None]
'''
_PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "dict[str, Any]",
}
_REFERENCE = "#/components/schemas/"


def render() -> str:
    """The module of the client that holds the types: of an organisation without fields of its own, in English."""
    nobody = Tenant(id=UUID(int=0), slug="nobody", name="Nobody")
    with entered(Scope(nobody.id)), translation.override("en"):
        made = document(Actor(nobody, Grants(everything=True)))
    return "\n".join(_lines(made)) + "\n"


def _lines(made: Schema) -> Iterator[str]:
    names = {path[1:]: _name(item["get"]["summary"]) for path, item in made["paths"].items() if _is_list(item)}
    schemas = made["components"]["schemas"]
    yield _HEAD.rstrip("\n")
    for slug, name in names.items():
        yield from _typed_dict(name, schemas[slug], reading=True)
        yield from _typed_dict(f"New{name}", schemas[f"{slug}.new"], reading=False)
        yield from _typed_dict(f"{name}Changes", schemas[f"{slug}.changes"], reading=False)
    yield from _client(names)


def _is_list(item: Schema) -> bool:
    return str(item.get("get", {}).get("operationId", "")).startswith("list-")


def _name(summary: str) -> str:
    """A class for "List order lines": OrderLines becomes OrderLine where the language is regular."""
    words = re.findall(r"[a-z0-9]+", summary.lower())[1:]
    plural = "".join(word.capitalize() for word in words)
    for ending, single in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if plural.endswith(ending):
            return plural.removesuffix(ending) + single
    return plural


def _typed_dict(name: str, schema: Schema, reading: bool) -> Iterator[str]:
    needed = set(schema["required"])
    yield from ("", "", f"class {name}(TypedDict, total=False):")
    properties = dict(schema["properties"])
    properties.setdefault(CUSTOM, {"type": "object"})
    for field, each in properties.items():
        if not field.isidentifier() or keyword.iskeyword(field):
            raise ValueError(f"The field {field!r} can't be written in Python.")
        kind = "dict[str, Any]" if field in {CUSTOM, "expanded"} else _type(each)
        yield f"    {field}: {f'Required[{kind}]' if field in needed else kind}"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_REFERENCE)
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        values = [each for each in schema["enum"] if each is not None]
        literal = f"Literal[{', '.join(repr(each) for each in values)}]"
        return literal if len(values) == len(schema["enum"]) else f"{literal} | None"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " | ".join(f"list[{_type(schema['items'])}]" if kind == "array" else _PLAIN[kind] for kind in kinds)


def _client(names: Mapping[str, str]) -> Iterator[str]:
    yield from (
        "",
        "",
        "class Client(Connection):",
        '    """Klantbeeld: a server, a token, and the records of each type."""',
        "",
    )
    yield "    def __init__(self, url: str, token: str, timeout: float = 30.0) -> None:"
    yield "        super().__init__(url, token, timeout)"
    for slug, name in names.items():
        attribute = slug.replace("-", "_")
        yield f'        self.{attribute} = Records[{name}, New{name}, {name}Changes](self, "{slug}")'
