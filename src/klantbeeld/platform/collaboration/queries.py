"""The conversation about a record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.safestring import SafeString

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.drawing import drawn
from klantbeeld.platform.collaboration.models import Comment, Follow, Mention
from klantbeeld.platform.people.models import Member

SHOWN = 20

_COMMENTS = f"""
SELECT c.id, c.author_id, a.name, c.text, c.created_at, c.edited_at,
       ARRAY(SELECT m.name FROM {Mention._meta.db_table} m WHERE m.tenant_id = c.tenant_id AND m.comment_id = c.id),
       (SELECT m.name FROM {Mention._meta.db_table} m
         WHERE m.tenant_id = c.tenant_id AND m.comment_id = c.id AND m.member_id = %s)
  FROM {Comment._meta.db_table} c
  LEFT JOIN {Member._meta.db_table} a ON a.id = c.author_id AND a.tenant_id = c.tenant_id
 WHERE c.tenant_id = %s AND c.record_id = %s AND c.record_type = %s
 ORDER BY c.id DESC LIMIT %s
"""  # noqa: S608 - constants of this module only
_FOLLOWING = f"""
SELECT f.member_id, a.name FROM {Follow._meta.db_table} f
  JOIN {Member._meta.db_table} a ON a.id = f.member_id AND a.tenant_id = f.tenant_id
 WHERE f.tenant_id = %s AND f.record_id = %s AND f.record_type = %s AND f.active AND a.active ORDER BY a.name
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is shown. `own`: the reader's, who may change and remove it."""

    id: UUID
    author_id: UUID | None
    author: str
    text: str
    html: SafeString
    at: datetime
    edited_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The latest comments on a record, the newest last. `more`: there are older ones."""

    comments: list[Said]
    more: bool


def conversation(actor: Actor, record_type: str, record_id: UUID, everything: bool = False) -> Conversation:
    """The comments on a record that the caller has seen to may be read; all of them, or the latest. One question."""
    limit = 10_000 if everything else SHOWN + 1
    with connection.prepared() as cursor:  # type: ignore[attr-defined]
        cursor.execute(_COMMENTS, [actor.member_id, actor.tenant.id, record_id, record_type, limit])
        rows: list[Any] = cursor.fetchall()
    more = not everything and len(rows) > SHOWN
    shown = rows[:SHOWN] if more else rows
    return Conversation([_said(actor, row) for row in reversed(shown)], more)


def followers_of(actor: Actor, record_type: str, record_id: UUID) -> dict[UUID, str]:
    """Who follows a record, by name. One question."""
    with connection.prepared() as cursor:  # type: ignore[attr-defined]
        cursor.execute(_FOLLOWING, [actor.tenant.id, record_id, record_type])
        return dict(cursor.fetchall())


def _said(actor: Actor, row: Any) -> Said:
    key, author_id, author, text, at, edited_at, names, own_name = row
    return Said(
        id=key,
        author_id=author_id,
        author=author or "",
        text=text,
        html=drawn(text, names, own_name or ""),
        at=at,
        edited_at=edited_at,
        own=author_id is not None and author_id == actor.member_id,
    )
