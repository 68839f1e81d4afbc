"""Nobody can grant more than they have."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from klantbeeld.platform.access.abilities import abilities
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import ACTIONS, Grants, Mode, merge, parse_type
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERY_OTHER = "*"

ACTION_LABELS: "dict[str, StrOrPromise]" = {
    "read": pgettext_lazy("action", "see"),
    "create": pgettext_lazy("action", "create"),
    "change": pgettext_lazy("action", "change"),
    "delete": pgettext_lazy("action", "delete"),
    "export": pgettext_lazy("action", "export"),
}


def check_grants(grants: Mapping[str, Any]) -> None:
    """Refuse grants that name what isn't there. Raises Invalid, by place ("records.orders.read")."""
    errors: dict[str, list[str]] = {}
    unknown = set(grants) - {"records", "abilities"}
    if unknown:
        errors[""] = [_("Unknown: %(names)s.") % {"names": ", ".join(sorted(unknown))}]
    for slug, line in dict(grants.get("records", {})).items():
        record_type = registry.find(slug)
        if record_type is None and slug != EVERY_OTHER:
            errors[f"records.{slug}"] = [_("There is no such kind of record.")]
            continue
        parsed = parse_type(line, f"records.{slug}")
        known = record_type.all_fields() if record_type else {}
        for name in parsed.fields:
            if name not in known:
                errors[f"records.{slug}.fields.{name}"] = [_("There is no such field.")]
    for ability in grants.get("abilities", ()):
        if ability not in abilities():
            errors["abilities"] = [_("There is no ability “%(name)s”.") % {"name": str(ability)[:60]}]
    if errors:
        raise Invalid(errors)


def excess(mine: Grants, theirs: Grants) -> list[str]:
    """What `theirs` allows and `mine` doesn't, in words; empty when theirs lies within mine."""
    if mine.everything:
        return []
    if theirs.everything:
        return [_("everything")]
    found = []
    kinds: list[tuple[str, StrOrPromise]] = [(each.slug, each.label_plural) for each in registry]
    for slug, label in [*kinds, (EVERY_OTHER, _("all other records"))]:
        found += [
            f"{capfirst(str(label))}: {ACTION_LABELS[action]}"
            for action in ACTIONS
            if theirs.reach(slug, action) > mine.reach(slug, action)
        ]
        found += _fields_in_excess(mine, theirs, slug, str(label))
    labels = abilities()
    return found + [str(labels.get(name, name)) for name in sorted(theirs.abilities - mine.abilities)]


def _fields_in_excess(mine: Grants, theirs: Grants, slug: str, label: str) -> list[str]:
    record_type = registry.find(slug)
    if record_type is None or theirs.mode(slug, "") is Mode.HIDDEN:
        return []
    return [
        f"{capfirst(label)}: {each.label}"
        for name, each in record_type.all_fields().items()
        if theirs.mode(slug, name) > mine.mode(slug, name)
    ]


def grants_of(roles: Iterable[Role]) -> Grants:
    """What roles grant together."""
    return merge((role.is_owner, role.grants) for role in roles)


def must_hold(actor: Actor, roles: Iterable[Role]) -> None:
    """Refuse to give away what the actor doesn't have. Raises NotAllowed, saying what."""
    beyond = excess(actor.grants, grants_of(roles))
    if beyond:
        shown = ", ".join(beyond[:5]) + (", …" if len(beyond) > 5 else "")
        raise NotAllowed(_("You can’t give others what you may not do yourself: %(what)s.") % {"what": shown})
