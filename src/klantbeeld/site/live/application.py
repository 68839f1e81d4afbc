"""Live streams: Server-Sent Events over ASGI, without Django's request machinery.

A stream says that something changed, never what: the page fetches it anew, through the gates.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from klantbeeld.site.live.audience import Audience, Full, Watcher
from klantbeeld.site.live.entrance import admit, in_thread
from klantbeeld.site.live.listening import Listener

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATHS = frozenset({"/", "/live"})
_KEEP_ALIVE_SECONDS = 15.0


class LiveApplication:
    """The ASGI application. It starts to listen with its first stream, in the loop of that stream."""

    def __init__(self) -> None:
        self.audience = Audience()
        self._listener: Listener | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = split_domain_port(headers.get("host", ""))[0]
        origin = headers.get("origin", "")
        if scope["path"] not in PATHS:
            await _refuse(send, 404)
        elif scope["method"] != "GET":
            await _refuse(send, 405)
        elif not validate_host(host, settings.ALLOWED_HOSTS) or (origin and not _is_ours(origin, host)):
            await _refuse(send, 403)
        else:
            await self._open(host, _session_key(headers.get("cookie", "")), origin, receive, send)

    async def _open(self, host: str, session_key: str, origin: str, receive: Receive, send: Send) -> None:
        allowed = _cross_origin(origin)
        visitor = await in_thread(admit, host, session_key) if session_key else None
        if visitor is None:
            await _refuse(send, 403, allowed)
            return
        await self._hearing()
        watcher = Watcher(visitor, host, session_key)
        try:
            self.audience.join(watcher)
        except Full:
            await _refuse(send, 429, allowed)
            return
        try:
            await _stream(watcher, allowed, receive, send)
        finally:
            self.audience.leave(watcher)

    async def _hearing(self) -> None:
        if self._listener is None:
            self._listener = Listener(self.audience)
            self._tasks = [
                asyncio.create_task(self._listener.listen_forever()),
                asyncio.create_task(self._look_again_forever()),
            ]
        await self._listener.ready.wait()

    async def _look_again_forever(self) -> None:
        """End the streams of sessions that ended, and of members who may not come in any more."""
        while True:
            await asyncio.sleep(settings.LIVE_CHECK_SECONDS)
            for watcher in self.audience.everybody():
                try:
                    now = await in_thread(admit, watcher.host, watcher.session_key)
                except Exception:  # noqa: S112 - the database is away: nobody is sent off for that
                    continue
                if now is None or now.member_id != watcher.visitor.member_id:
                    watcher.give(None)
                else:
                    watcher.visitor = now


async def _stream(watcher: Watcher, headers: list[tuple[bytes, bytes]], receive: Receive, send: Send) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/event-stream; charset=utf-8"),
                (b"cache-control", b"no-store"),
                (b"x-accel-buffering", b"no"),
                *headers,
            ],
        }
    )
    await _write(send, b": here\n\n")
    gone = asyncio.create_task(_until_gone(receive))
    try:
        while not gone.done():
            next_line = asyncio.create_task(watcher.waiting.get())
            done, _pending = await asyncio.wait(
                {next_line, gone}, timeout=_KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if next_line not in done:
                next_line.cancel()
                if not done:
                    await _write(send, b": still here\n\n")
                continue
            line = next_line.result()
            if line is None:
                break
            await _write(send, line)
    finally:
        gone.cancel()
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers or []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _is_ours(origin: str, host: str) -> bool:
    """Whether a page of this origin may read the stream: one of the settings, else one of the same host."""
    return origin in settings.WEB_ORIGINS if settings.WEB_ORIGINS else urlsplit(origin).hostname == host.strip("[]")


def _cross_origin(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


def _session_key(cookie: str) -> str:
    try:
        found = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
