"""Writing, changing and removing comments."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.following import follow_by_itself
from klantbeeld.platform.collaboration.mentions import MOST, Named, named_in
from klantbeeld.platform.collaboration.models import Comment, Mention
from klantbeeld.platform.collaboration.seeing import who_may_see
from klantbeeld.platform.events.public import emit
from klantbeeld.platform.jobs.progress import LIVE_CHANNEL
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.kernel.text import clean_text
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.tenancy.scope import current_tenant_id

WRITTEN, EDITED = "comment.written", "comment.edited"


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody typed. `picked` are the colleagues chosen from the list; `anyway` those that the writer knows
    won't be told, because they may not see the record."""

    text: str
    picked: Collection[UUID] = ()
    anyway: Collection[UUID] = ()


class Unseeing(Invalid):
    """Some who are addressed may not see the record; `members` are they, by id."""

    def __init__(self, members: dict[UUID, str]) -> None:
        names = ", ".join(members.values())
        super().__init__(
            ngettext(
                "%(names)s can’t see this record, and won’t be told. Send it all the same, or leave the name out.",
                "%(names)s can’t see this record, and won’t be told. Send it all the same, or leave the names out.",
                len(members),
            )
            % {"names": names}
        )
        self.members = members


def write_comment(actor: Actor, record_type: RecordType, record_id: UUID, given: Given) -> Comment:
    """A new comment on a record; its writer follows the record from now on, and followers are told after the commit.

    Raises NotFoundHere when the actor may not see the record, NotAllowed for the system, Invalid for a text that
    can't be, and Unseeing, before anything is stored, when it addresses somebody who may not see the record and whom
    the writer hasn't been warned of.
    """
    one(actor, record_type, record_id, (record_type.title,))
    if actor.member_id is None:
        raise NotAllowed
    text = _text(given)
    with transaction.atomic():
        mentioned = _mentioned(actor, record_type, record_id, given, text)
        comment = Comment.objects.create(
            record_type=record_type.slug, record_id=record_id, author_id=actor.member_id, text=text
        )
        _keep_mentions(comment, mentioned)
        follow_by_itself(record_type.slug, record_id, [actor.member_id])
        _emit(WRITTEN, comment, mentioned)
    return comment


def change_comment(actor: Actor, record_type: RecordType, comment_id: UUID, given: Given) -> Comment:
    """One's own comment with another text; history keeps the former. Who is addressed only now is told.

    Raises as `write_comment` does, and NotFoundHere for a comment of somebody else.
    """
    text = _text(given)
    with transaction.atomic():
        comment = _own(actor, record_type, comment_id)
        if text == comment.text:
            return comment
        mentioned = _mentioned(actor, record_type, comment.record_id, given, text)
        known = set(comment.mentions.values_list("member_id", flat=True))
        comment.text, comment.edited_at = text, clock.now()
        comment.save(update_fields=["text", "edited_at", "updated_at"])
        comment.mentions.all().delete()
        _keep_mentions(comment, mentioned)
        _emit(EDITED, comment, {key: name for key, name in mentioned.items() if key not in known})
    return comment


def remove_comment(actor: Actor, record_type: RecordType, comment_id: UUID) -> Comment:
    """One's own comment gone; history keeps it. Raises NotFoundHere for one of somebody else."""
    with transaction.atomic():
        comment = _own(actor, record_type, comment_id)
        key = comment.pk
        comment.delete()
        comment.pk = key
        _tell_live(comment)
    return comment


def _own(actor: Actor, record_type: RecordType, comment_id: UUID) -> Comment:
    rows = Comment.objects.select_for_update().filter(record_type=record_type.slug, author_id=actor.member_id)
    found = rows.filter(id=comment_id).first()
    if found is None or actor.member_id is None:
        raise NotFoundHere
    one(actor, record_type, found.record_id, (record_type.title,))
    return found


def _text(given: Given) -> str:
    text = clean_text(given.text)
    if not text:
        raise Invalid(_("There is no text yet."))
    if len(text) > Comment.LONGEST:
        raise Invalid(
            _("Use at most %(limit)d characters; this has %(length)d.")
            % {"limit": Comment.LONGEST, "length": len(text)}
        )
    return text


def _mentioned(actor: Actor, record_type: RecordType, record_id: UUID, given: Given, text: str) -> dict[UUID, str]:
    """Whom the text addresses and who may see the record."""
    named: Named = named_in(text, given.picked)
    if named.ambiguous:
        raise Invalid(
            _("Several colleagues are called %(name)s. Type @ and choose from the list whom you mean.")
            % {"name": named.ambiguous[0]}
        )
    if len(named.members) > MOST:
        raise Invalid(_("Mention at most %(limit)d colleagues in one comment.") % {"limit": MOST})
    seeing = who_may_see(actor.tenant, record_type, record_id, named.members)
    blind = {key: name for key, name in named.members.items() if key not in seeing}
    if not blind.keys() <= set(given.anyway):
        raise Unseeing(blind)
    return {key: name for key, name in named.members.items() if key in seeing}


def _keep_mentions(comment: Comment, mentioned: dict[UUID, str]) -> None:
    Mention.objects.bulk_create(
        [Mention(comment=comment, member_id=member_id, name=name) for member_id, name in mentioned.items()]
    )


def _tell_live(comment: Comment) -> None:
    """Have the pages of the record look anew after the commit."""
    message = f"{current_tenant_id()} comments {comment.record_type}/{comment.record_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [LIVE_CHANNEL, message])


def _emit(name: str, comment: Comment, mentioned: dict[UUID, str]) -> None:
    emit(
        name,
        {
            "id": str(comment.pk),
            "record_type": comment.record_type,
            "record_id": str(comment.record_id),
            "mentioned": sorted(str(key) for key in mentioned),
        },
    )
    _tell_live(comment)
