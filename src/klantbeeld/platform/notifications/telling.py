"""Notifications in words, through the gates: what somebody may not read any more isn't told either."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.notifications.kinds import Around, Kind, Words, kind_of
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.records.reading import some
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import title_of


@dataclass(frozen=True, slots=True)
class Told:
    """A notification ready to be shown. `url` is the record's page, "" without one; `who` is empty for the system."""

    notification: Notification
    kind: Kind
    who: str
    title: str
    words: Words
    url: str


def told(actor: Actor, notifications: Sequence[Notification]) -> list[Told]:
    """Those of the notifications that `actor` may be told, in the same order. One question per type of record."""
    titles = titles_of(actor, ((each.record_type, each.record_id) for each in notifications if each.record_id))
    around = Around(actor, _names({each.by for each in notifications if each.by}), titles)
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for each in notifications:
        if each.record_id is None or (each.record_type, each.record_id) in titles:
            by_kind[each.kind].append(each)
    words: dict[UUID, tuple[Kind, Words]] = {}
    for name, some_of_them in by_kind.items():
        kind = kind_of(name)
        if kind is not None:
            words |= {key: (kind, said) for key, said in kind.tell(around, some_of_them).items()}
    return [
        Told(each, kind, around.name(each), around.title(each), said, _url(each))
        for each in notifications
        if each.id in words
        for kind, said in [words[each.id]]
    ]


def titles_of(actor: Actor, named: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """What records are called, by type and id, those that may not be read left out. One question per type."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for slug, record_id in named:
        wanted[slug].add(record_id)
    found = {}
    for slug, ids in wanted.items():
        record_type = registry.find(slug)
        if record_type is not None:
            for row in some(actor, record_type, ids, (record_type.title,)):
                found[slug, row["id"]] = title_of(actor, record_type, row)
    return found


def _names(ids: set[UUID]) -> dict[UUID, str]:
    return dict(Member.objects.filter(id__in=ids).values_list("id", "name")) if ids else {}


def _url(notification: Notification) -> str:
    return detail_url(notification.record_type, notification.record_id) if notification.record_id else ""
