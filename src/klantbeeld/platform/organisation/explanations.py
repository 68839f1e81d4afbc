"""Questions about rights, asked by somebody who manages roles: within what they may see themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.everyone import Colleague
from klantbeeld.platform.access.explaining import Explanation, RecordFacts, explain, offered
from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.organisation.rights_in_words import About
from klantbeeld.platform.people.models import Member, Team
from klantbeeld.platform.records.owning import knows_owner
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import title_of


@dataclass(frozen=True)
class Subject:
    """The record that a question is about, as the one who asks may see it."""

    record_type: RecordType
    record_id: UUID
    title: str
    owner_id: UUID | None
    owner: str
    owner_teams: Mapping[UUID, str]

    def teams_with(self, colleague: Colleague) -> list[str]:
        """The teams in which a colleague meets the record's owner."""
        return sorted(name for key, name in self.owner_teams.items() if key in colleague.teams)


def subject(asker: Actor, record_type: RecordType, record_id: UUID) -> Subject:
    """The record. Raises NotFoundHere when the asker may not see it, NotAllowed when they may not know whose it is:
    every answer would tell them."""
    row = one(asker, record_type, record_id, (record_type.title,))
    if not knows_owner(asker, record_type):
        raise NotAllowed(_("You may not see whose this is, so you can’t be told who can see it."))
    owner_id = None
    if record_type.owner:
        found = record_type.model._default_manager.filter(pk=record_id)
        owner_id = found.values_list(record_type.owner, flat=True).first()
    owner = Member.objects.filter(pk=owner_id).values_list("name", flat=True).first() if owner_id else None
    teams = dict(Team.objects.filter(members__id=owner_id).values_list("id", "name")) if owner_id else {}
    return Subject(record_type, record_id, title_of(asker, record_type, row), owner_id, owner or "", teams)


def about(colleague: Colleague, of: Subject | None, record_type: RecordType, field: str = "") -> About:
    """The words of a question: of whom, and of what."""
    if of is None:
        return About(colleague.actor.name, record_type, field=field)
    return About(colleague.actor.name, record_type, of.title, field, of.owner, of.teams_with(colleague))


def answer(colleague: Colleague, record_type: RecordType, action: str, of: Subject | None, field: str) -> Explanation:
    """Why this colleague may or may not do it. Raises KeyError for a field or an action that isn't there."""
    record = None
    if of is not None:
        reached = record_type.rows(colleague.actor, action).filter(pk=of.record_id).exists()
        record = RecordFacts(reached, of.owner_id)
    return explain(colleague.actor, colleague.roles, record_type, action, record, field)


def actions_on(record_type: RecordType) -> list[str]:
    """What can be done with an existing record of this kind."""
    return [each for each in ACTIONS if each != "create" and offered(record_type, each)]


def answers(colleagues: Iterable[Colleague], of: Subject) -> list[tuple[Colleague, dict[str, Explanation]]]:
    """For each colleague what they may do with a record, by action. One query for all of them."""
    colleagues, actions = list(colleagues), actions_on(of.record_type)
    asked: dict[str, Any] = {
        f"may_{at}_{action}": Exists(of.record_type.rows(each.actor, action).filter(pk=OuterRef("pk")).order_by())
        for at, each in enumerate(colleagues)
        for action in actions
    }
    reached = of.record_type.model._default_manager.filter(pk=of.record_id).values(**asked).first() or {}
    return [
        (
            each,
            {
                action: explain(
                    each.actor,
                    each.roles,
                    of.record_type,
                    action,
                    RecordFacts(bool(reached.get(f"may_{at}_{action}")), of.owner_id),
                )
                for action in actions
            },
        )
        for at, each in enumerate(colleagues)
    ]
