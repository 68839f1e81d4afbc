"""Colleagues in a text: "@Bob Jansen" is one when a colleague is called that."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from klantbeeld.platform.people.models import Member

MOST = 30
"""Colleagues that one comment may address."""


@dataclass(frozen=True, slots=True)
class Named:
    """The colleagues that a text addresses: name as it is written, by id; and names that several have."""

    members: Mapping[UUID, str]
    ambiguous: Sequence[str]


def named_in(text: str, picked: Iterable[UUID] = ()) -> Named:
    """Whom a text addresses. Where several colleagues are called the same, those count that were `picked` from the
    list."""
    if "@" not in text:
        return Named({}, ())
    by_name: dict[str, list[UUID]] = {}
    for member_id, name in Member.objects.filter(active=True).values_list("id", "name"):
        by_name.setdefault(name.casefold(), []).append(member_id)
    wanted, members, ambiguous = set(picked), dict[UUID, str](), list[str]()
    for written in written_names(text, by_name):
        ids = by_name[written.casefold()]
        chosen = ids if len(ids) == 1 else [each for each in ids if each in wanted]
        if not chosen:
            ambiguous.append(written)
        members |= dict.fromkeys(chosen, written)
    return Named(members, ambiguous)


def written_names(text: str, known: Iterable[str]) -> list[str]:
    """The known names (without regard to case) that stand behind an @ in the text, as they are written there."""
    pattern = pattern_of(known)
    return list(dict.fromkeys(found.group(1) for found in pattern.finditer(text))) if pattern else []


def pattern_of(names: Iterable[str]) -> "re.Pattern[str] | None":
    """Finds "@name" for any of the names, the longest that fits, at the beginning of a word; None without names."""
    longest_first = sorted({each for each in names if each}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(rf"(?<![\w@])@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
