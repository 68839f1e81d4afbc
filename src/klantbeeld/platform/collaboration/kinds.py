"""How what colleagues do is told: comments, mentions, changes of what one follows, and what one is given."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.platform.collaboration.models import Comment
from klantbeeld.platform.notifications.public import Around, Kind, Mail, Notification, Words, register_kind
from klantbeeld.platform.records.registry import registry

MENTION, COMMENT, CHANGE, ASSIGNED = "mention", "comment", "change", "assigned"
_QUOTED = 280
_FIELDS_NAMED = 5
Told = Mapping[UUID, Words]


def register_kinds() -> None:
    """Make them known; called once, at start-up."""
    register_kind(Kind(MENTION, gettext_lazy("Somebody mentions you"), "at", tell_mentions, Mail.HOURLY, 10))
    register_kind(Kind(ASSIGNED, gettext_lazy("Something is given to you"), "user-share", tell_assigned, order=20))
    register_kind(
        Kind(COMMENT, gettext_lazy("A comment on what you follow"), "message-circle", tell_comments, order=30)
    )
    register_kind(Kind(CHANGE, gettext_lazy("A change in what you follow"), "pencil", tell_changes, Mail.OFF, order=40))


def tell_mentions(around: Around, notifications: Sequence[Notification]) -> Told:
    """With what was written, as it is now; a comment that is gone, or says the name no longer, isn't told."""
    texts = _texts(notifications, addressed=around.actor.member_id)
    return {
        each.id: Words(
            _("%(who)s mentioned you in a comment on %(title)s") % _who_and_what(around, each),
            texts[str(each.about["comment"])],
        )
        for each in notifications
        if str(each.about.get("comment")) in texts
    }


def tell_comments(around: Around, notifications: Sequence[Notification]) -> Told:
    """With what was written, as it is now; a comment that is gone isn't told."""
    texts = _texts(notifications)
    return {
        each.id: Words(
            _("%(who)s wrote about %(title)s") % _who_and_what(around, each), texts[str(each.about["comment"])]
        )
        for each in notifications
        if str(each.about.get("comment")) in texts
    }


def tell_changes(around: Around, notifications: Sequence[Notification]) -> Told:
    """With the names of the fields that the reader may read; a change of others alone isn't told."""
    made = {}
    for each in notifications:
        record_type = registry.find(each.record_type)
        readable = record_type.readable(around.actor) if record_type else {}
        labels = [str(readable[name].label) for name in each.about.get("fields", ()) if name in readable]
        if not labels:
            continue
        shown, rest = labels[:_FIELDS_NAMED], len(labels) - _FIELDS_NAMED
        values = _who_and_what(around, each) | {"fields": ", ".join(shown)}
        if rest > 0:
            text = ngettext(
                "%(who)s changed %(title)s: %(fields)s and %(rest)d other field",
                "%(who)s changed %(title)s: %(fields)s and %(rest)d other fields",
                rest,
            ) % (values | {"rest": rest})
        else:
            text = _("%(who)s changed %(title)s: %(fields)s") % values
        made[each.id] = Words(text)
    return made


def tell_assigned(around: Around, notifications: Sequence[Notification]) -> Told:
    """That a record is one's own now; not to who may not read whose it is."""
    made = {}
    for each in notifications:
        record_type = registry.find(each.record_type)
        if record_type is None or record_type.owner not in record_type.readable(around.actor):
            continue
        values = _who_and_what(around, each) | {"kind": record_type.label}
        made[each.id] = Words(_("%(who)s gave you the %(kind)s %(title)s") % values)
    return made


def _who_and_what(around: Around, notification: Notification) -> dict[str, str]:
    return {
        "who": around.name(notification) or _("The system"),
        "title": around.title(notification),
    }


def _texts(notifications: Sequence[Notification], addressed: UUID | None = None) -> dict[str, str]:
    rows = Comment.objects.filter(id__in=[each.about["comment"] for each in notifications if "comment" in each.about])
    if addressed is not None:
        rows = rows.filter(mentions__member_id=addressed)
    found = rows.values_list("id", "text", "record_type", "record_id")
    about = {(each.about.get("comment"), each.record_type, each.record_id) for each in notifications}
    return {
        str(key): Truncator(text).chars(_QUOTED)
        for key, text, record_type, record_id in found
        if (str(key), record_type, record_id) in about
    }
