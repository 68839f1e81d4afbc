"""What the descriptions of operations are made of."""

from klantbeeld.platform.api.schema.fields import Schema

JSON = "application/json"
SAME: Schema = {"description": "It is what you have."}
_EVERYWHERE = 429


def _header(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "header", "description": description, "schema": schema}


ONCE = _header(
    "Idempotency-Key",
    "The same key with the same request gets the same answer, and nothing is done twice.",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]{1,255}$"},
)
IF_MATCH = _header(
    "If-Match", "The ETag of the record as you saw it; if it has changed, nothing is.", {"type": "string"}
)
UNLESS = _header("If-None-Match", "The ETag of an answer that you have.", {"type": "string"})


def query(name: str, schema: Schema, description: str = "") -> Schema:
    return {"name": name, "in": "query", "schema": schema, **({"description": description} if description else {})}


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def body(name: str) -> Schema:
    return {"required": True, "content": {JSON: {"schema": reference(name)}}}


def answer(name: str) -> Schema:
    return {"description": "Done.", "content": {JSON: {"schema": reference(name)}}}


def problems(*codes: int) -> Schema:
    return {str(code): {"$ref": f"#/components/responses/{code}"} for code in (*codes, _EVERYWHERE)}
