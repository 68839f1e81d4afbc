"""Why somebody may or may not do something, as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klantbeeld.platform.access.everyone import NamedRole
from klantbeeld.platform.access.explaining import Explanation, Why
from klantbeeld.platform.access.grants import Mode, Reach
from klantbeeld.platform.organisation.granting import ACTION_LABELS
from klantbeeld.platform.records.record_type import RecordType

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# For each rule a sentence. Its places: name, kinds, owner, teams, roles.
_BECAUSE: "Mapping[Why, StrOrPromise]" = {
    Why.CLOSED: gettext_lazy("Nobody can do that with %(kinds)s."),
    Why.NO_ROLE: gettext_lazy("None of %(name)s’s roles allows it on any %(kinds)s."),
    Why.OWNERLESS: gettext_lazy("%(kinds)s belong to nobody, and only what belongs to somebody is open to %(roles)s."),
    Why.SOME: gettext_lazy("Some %(kinds)s are open to %(roles)s; it depends on whose they are."),
    Why.ALL: gettext_lazy("All %(kinds)s are open to %(roles)s."),
    Why.THEIRS: gettext_lazy("It belongs to %(name)s, and one’s own are open to %(roles)s."),
    Why.TEAM: gettext_lazy(
        "It belongs to %(owner)s, who is in a team with %(name)s (%(teams)s); what is the team’s is open to %(roles)s."
    ),
    Why.NOBODYS: gettext_lazy("It belongs to nobody, and only what belongs to somebody is open to %(roles)s."),
    Why.NOT_THEIRS: gettext_lazy("It belongs to %(owner)s, and only one’s own are open to %(roles)s."),
    Why.OTHER_TEAM: gettext_lazy(
        "It belongs to %(owner)s, who is in no team with %(name)s, and only what is the team’s is open to %(roles)s."
    ),
    Why.OWN_RULE: gettext_lazy(
        "Whose it is would do, but it tells of something that is not open to %(name)s: another record, or a hidden"
        " field."
    ),
    Why.FIXED: gettext_lazy("Nobody writes it: it follows from something else."),
    Why.HIDDEN: gettext_lazy("It is hidden from %(roles)s, and no other role of %(name)s’s shows it."),
    Why.READ_ONLY: gettext_lazy("It may only be read by %(roles)s, and no other role of %(name)s’s opens it further."),
    Why.OPEN: gettext_lazy("It is open to %(roles)s."),
}
_REACHES: "Mapping[Reach, StrOrPromise]" = {
    Reach.NONE: gettext_lazy("reaches nothing"),
    Reach.OWN: gettext_lazy("reaches one’s own"),
    Reach.TEAM: gettext_lazy("reaches the team’s"),
    Reach.ALL: gettext_lazy("reaches all"),
}
_MODES: "Mapping[Mode, StrOrPromise]" = {
    Mode.HIDDEN: gettext_lazy("hides the field"),
    Mode.READ: gettext_lazy("lets one read the field"),
    Mode.WRITE: gettext_lazy("lets one read and write the field"),
}


@dataclass(frozen=True)
class About:
    """Of whom and what a question is: the colleague, the kind, the record's title ("" for the kind as a whole), the
    field's label, whose the record is and in which teams they meet."""

    name: str
    record_type: RecordType
    title: str = ""
    field: str = ""
    owner: str = ""
    teams: Sequence[str] = ()


def verdict(explanation: Explanation, action: str, about: About) -> str:
    """The answer in one sentence, such as "Bob can’t see Revenue of Marieke."."""
    text = _("%(name)s can %(action)s %(what)s.") if explanation.allowed else _("%(name)s can’t %(action)s %(what)s.")
    return text % {"name": about.name, "action": ACTION_LABELS[action], "what": _what(action, about)}


def because(explanation: Explanation, about: About) -> str:
    """The rule that decides, as a sentence."""
    step = explanation.decisive
    told = str(_BECAUSE[step.why]) % {
        "name": about.name,
        "kinds": about.record_type.label_plural,
        "owner": about.owner,
        "teams": ", ".join(about.teams),
        "roles": roles_named(step.roles),
    }
    return str(capfirst(told))


def roles_said(explanation: Explanation, with_field: bool) -> list[tuple[NamedRole, str]]:
    """Each role with what it says by itself."""
    told = []
    for each in explanation.said:
        text = str(_REACHES[each.reach])
        if with_field:
            text = _("%(reach)s, %(mode)s") % {"reach": text, "mode": _MODES[each.mode]}
        told.append((each.role, text))
    return told


def roles_named(roles: Sequence[NamedRole]) -> str:
    """ "the role Agent", or "the roles Agent, Clerk"."""
    names = ", ".join(each.name for each in roles)
    return ngettext("the role %(names)s", "the roles %(names)s", len(roles)) % {"names": names}


def _what(action: str, about: About) -> str:
    record = about.title if about.title and action != "create" else str(about.record_type.label_plural)
    if not about.field:
        return record
    return _("%(field)s of %(record)s") % {"field": capfirst(about.field), "record": record}
