"""How the client talks to the server: one request, repeated where that is safe, and the verbs on records."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Generic, TypeVar, cast

Read = TypeVar("Read")
New = TypeVar("New")
Changes = TypeVar("Changes")

_TRIES = 4
_TOO_OFTEN, _UNAVAILABLE = 429, (502, 503, 504)
_LONGEST_WAIT = 60.0


class Refused(Exception):
    """The server said no. `errors` has the messages per field, `document` all that it said (RFC 9457)."""

    def __init__(self, status: int, document: Mapping[str, Any]) -> None:
        self.status = status
        self.document = document
        self.code = str(document.get("code", ""))
        self.detail = str(document.get("detail", ""))
        self.errors: Mapping[str, list[str]] = document.get("errors", {})
        super().__init__(f"{status} {self.code}: {self.detail}")


@dataclass(frozen=True)
class Answer:
    """What the server answered: data (None when there is none) and the tag of what was read."""

    data: Any
    etag: str


@dataclass(frozen=True)
class Page(Generic[Read]):
    """A page of records; `next` and `previous` are cursors, None at the ends."""

    data: list[Read]
    next: str | None
    previous: str | None
    count: Mapping[str, Any] | None = None


class Connection:
    """A server and a token. `timeout` is in seconds, for each request."""

    def __init__(self, url: str, token: str, timeout: float = 30.0) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError("The address of a server begins with https:// or http://.")
        self.url, self.token, self.timeout = url.rstrip("/") + "/api/v1", token, timeout

    def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One answer. Repeats what broke off or came too often: writes carry a key, so that they happen once.

        Raises Refused for what the server refuses, OSError when it can't be reached.
        """
        request = self._request(method, path, query or {}, body, headers or {})
        for left in reversed(range(_TRIES)):
            try:
                with urllib.request.urlopen(request, timeout=self.timeout) as response:  # noqa: S310 - see __init__
                    text = response.read()
                    return Answer(json.loads(text) if text else None, response.headers.get("ETag", ""))
            except urllib.error.HTTPError as problem:
                if not left or problem.code not in (_TOO_OFTEN, *_UNAVAILABLE):
                    raise Refused(problem.code, _document(problem)) from None
                wait = float(problem.headers.get("Retry-After") or 2 ** (_TRIES - left - 1))
            except (urllib.error.URLError, HTTPException, TimeoutError):
                if not left:
                    raise
                wait = 2.0 ** (_TRIES - left - 1)
            time.sleep(min(wait, _LONGEST_WAIT))
        raise AssertionError  # the last try has returned or raised

    def _request(
        self, method: str, path: str, query: Mapping[str, Any], body: Any, headers: Mapping[str, str]
    ) -> urllib.request.Request:
        given = {name: _text(value) for name, value in query.items() if value is not None}
        address = f"{self.url}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        sent = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        if method != "GET":
            sent.setdefault("Idempotency-Key", str(uuid.uuid4()))
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = "application/json"
        return urllib.request.Request(address, data, sent, method=method)  # noqa: S310 - see __init__

    def me(self) -> Mapping[str, Any]:
        """Who the token acts for, and what it may do."""
        return cast("Mapping[str, Any]", self.ask("GET", "/me").data)

    def changes(self, after: str | None = None, types: Sequence[str] | None = None, records: bool = False) -> "Feed":
        """What happened after a place, to be iterated over; from the beginning without one, "now" for the present."""
        return Feed(self, after, types, records)


class Feed:
    """The changes up to the present, in the order of commits. `after` is where to go on from later."""

    def __init__(self, connection: Connection, after: str | None, types: Sequence[str] | None, records: bool) -> None:
        self.connection, self.after = connection, after
        self.query = {"types": types, "records": records or None, "limit": 200}

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        more = True
        while more:
            page = self.connection.ask("GET", "/changes", {**self.query, "after": self.after}).data
            yield from page["data"]
            self.after, more = page["after"], page["more"]


class Records(Generic[Read, New, Changes]):
    """The records of one type."""

    def __init__(self, connection: Connection, slug: str) -> None:
        self.connection, self.path = connection, f"/{slug}"

    def list(
        self,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        fields: Sequence[str] | None = None,
        expand: Sequence[str] | None = None,
        count: bool = False,
    ) -> Page[Read]:
        """A page of records."""
        query = {
            "where": None if where is None else json.dumps(where),
            "sort": sort,
            "limit": limit,
            "cursor": cursor,
            "fields": fields,
            "expand": expand,
            "count": count or None,
        }
        data = self.connection.ask("GET", self.path, query).data
        return Page(data["data"], _cursor(data["next"]), _cursor(data["previous"]), data.get("count"))

    def all(self, **query: Any) -> Iterator[Read]:
        """All records that `list` would give, page after page."""
        page = self.list(**query)
        yield from page.data
        while page.next is not None:
            page = self.list(**{**query, "cursor": page.next})
            yield from page.data

    def get(self, record_id: str, fields: Sequence[str] | None = None, expand: Sequence[str] | None = None) -> Read:
        """One record."""
        query = {"fields": fields, "expand": expand}
        return cast(Read, self.connection.ask("GET", f"{self.path}/{record_id}", query).data)

    def get_tagged(self, record_id: str) -> tuple[Read, str]:
        """One record and its tag, to be given to `change` and `delete` as `if_match`."""
        answer = self.connection.ask("GET", f"{self.path}/{record_id}")
        return cast(Read, answer.data), answer.etag

    def create(self, values: New) -> Read:
        """A new record."""
        return cast(Read, self.connection.ask("POST", self.path, body=values).data)

    def change(self, record_id: str, values: Changes, if_match: str | None = None) -> Read:
        """The record with some fields changed. With `if_match` raises Refused (412) when it isn't what was seen."""
        answer = self.connection.ask("PATCH", f"{self.path}/{record_id}", body=values, headers=_match(if_match))
        return cast(Read, answer.data)

    def delete(self, record_id: str, if_match: str | None = None) -> None:
        """The record gone."""
        self.connection.ask("DELETE", f"{self.path}/{record_id}", headers=_match(if_match))

    def bulk(
        self, rows: Sequence[Changes | New], key: str | None = None, mode: str = "both", atomic: bool = True
    ) -> Mapping[str, Any]:
        """Up to a thousand rows, made or recognised by `key` and changed: what became of each."""
        body = {"rows": list(rows), "mode": mode, "atomic": atomic} | ({"key": key} if key else {})
        return cast("Mapping[str, Any]", self.connection.ask("POST", f"{self.path}/bulk", body=body).data)

    def history(self, record_id: str) -> Iterator[Mapping[str, Any]]:
        """What happened to a record, the latest first."""
        cursor: str | None = None
        while True:
            data = self.connection.ask("GET", f"{self.path}/{record_id}/history", {"cursor": cursor}).data
            yield from data["data"]
            cursor = _cursor(data["next"])
            if cursor is None:
                return


def _match(tag: str | None) -> dict[str, str]:
    return {} if tag is None else {"If-Match": tag}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ",".join(value)


def _cursor(address: str | None) -> str | None:
    if address is None:
        return None
    return urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["cursor"][0]


def _document(problem: urllib.error.HTTPError) -> Mapping[str, Any]:
    try:
        data = json.loads(problem.read())
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
