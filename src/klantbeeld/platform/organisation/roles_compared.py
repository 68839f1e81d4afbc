"""Two roles side by side: what each lets one do, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from klantbeeld.platform.access.abilities import abilities
from klantbeeld.platform.access.grants import ACTIONS, Grants, Mode, Reach, merge
from klantbeeld.platform.organisation.granting import ACTION_LABELS, EVERY_OTHER
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REACHES: "Mapping[Reach, StrOrPromise]" = {
    Reach.NONE: gettext_lazy("none"),
    Reach.OWN: gettext_lazy("own"),
    Reach.TEAM: gettext_lazy("the team’s"),
    Reach.ALL: gettext_lazy("all"),
}
MODES: "Mapping[Mode, StrOrPromise]" = {
    Mode.WRITE: pgettext_lazy("field", "read and write"),
    Mode.READ: pgettext_lazy("field", "read only"),
    Mode.HIDDEN: pgettext_lazy("field", "hidden"),
}


@dataclass(frozen=True)
class Compared:
    """One right: what it is about ("Customers: export"), and what each side says of it."""

    what: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the two sides say different things."""
        return self.left != self.right


@dataclass(frozen=True)
class Rights:
    """What a role says, stored or not: whether it may do everything, and its grants."""

    is_owner: bool
    stored: Mapping[str, Any]

    @property
    def grants(self) -> Grants:
        """The grants as they count. Raises Invalid on a broken one."""
        return merge([(self.is_owner, self.stored)])


def compare(left: Rights, right: Rights) -> list[Compared]:
    """Every right there is with what the two say of it. Fields that both read and write are left out."""
    one, other = left.grants, right.grants
    rows = [Compared(_("May do everything"), _yes(left.is_owner), _yes(right.is_owner))]
    kinds: list[tuple[str, StrOrPromise]] = [(EVERY_OTHER, _("all other records"))]
    kinds += [(each.slug, each.label_plural) for each in registry]
    for slug, label in kinds:
        kind = capfirst(str(label))
        rows += [
            Compared(
                f"{kind}: {ACTION_LABELS[action]}",
                str(REACHES[one.reach(slug, action)]),
                str(REACHES[other.reach(slug, action)]),
            )
            for action in ACTIONS
        ]
        rows += _fields(one, other, slug, kind)
    return rows + [
        Compared(str(label), _yes(one.may(name)), _yes(other.may(name))) for name, label in abilities().items()
    ]


def _fields(one: Grants, other: Grants, slug: str, kind: str) -> list[Compared]:
    record_type = registry.find(slug)
    if record_type is None:
        return []
    modes = [(each, one.mode(slug, name), other.mode(slug, name)) for name, each in record_type.all_fields().items()]
    return [
        Compared(f"{kind}: {each.label}", str(MODES[left]), str(MODES[right]))
        for each, left, right in modes
        if {left, right} != {Mode.WRITE}
    ]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
