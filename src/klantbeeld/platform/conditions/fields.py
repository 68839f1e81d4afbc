"""What a condition may speak about: the fields and relations of one record type, as one actor may read them."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from klantbeeld.platform.conditions.errors import UnknownField

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise


class Kind(StrEnum):
    """The kind of value that a field holds; it decides which operators apply."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    USER = "user"
    LINK = "link"
    UUID = "uuid"


@dataclass(frozen=True)
class Field:
    """One field that conditions can test.

    `name` is used in the JSON, `path` is the ORM lookup path from the root model. The path may follow foreign keys
    but no relation to many: those are a `Relation`. With `json` the value lives in the JSONB column `custom` and
    `path` is the key in it. A multi-choice outside JSON is a PostgreSQL array of text.
    """

    name: str
    label: "StrOrPromise"
    kind: Kind
    path: str
    choices: "tuple[tuple[str, StrOrPromise], ...]" = ()
    json: bool = False
    nullable: bool = True
    target: str | None = None
    # For a value that is worked out instead of stored: called when a condition uses it.
    expression: "Callable[[], Any] | None" = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Relation:
    """Rows of another model that point to the root.

    `path` is the reverse query path from the root, `link` the foreign key on the related model that leads back to it,
    or with `own` the key in its JSONB column under which the root's id stands.
    `fields` and `rows` are called when a condition uses the relation, and hold only what the actor may read.
    """

    name: str
    label: "StrOrPromise"
    path: str
    fields: "Callable[[], FieldSet]"
    rows: "Callable[[], QuerySet[Any]]"
    link: str
    own: bool = False


@dataclass(frozen=True)
class FieldSet:
    """The fields and relations that one actor may use in conditions on one record type, by name."""

    fields: Mapping[str, Field]
    relations: Mapping[str, Relation] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, fields: Iterable[Field], relations: Iterable[Relation] = ()) -> Self:
        """Make a set from the fields and relations themselves. Raises ValueError if two have the same name."""
        return cls(_by_name(fields), _by_name(relations))

    def field(self, name: str) -> Field:
        """Return the field of this name; raises UnknownField."""
        try:
            return self.fields[name]
        except KeyError:
            raise UnknownField(name) from None

    def relation(self, name: str) -> Relation:
        """Return the relation of this name; raises UnknownField."""
        try:
            return self.relations[name]
        except KeyError:
            raise UnknownField(name) from None


_Named = TypeVar("_Named", Field, Relation)


def _by_name(items: Iterable[_Named]) -> Mapping[str, _Named]:
    found: dict[str, _Named] = {}
    for item in items:
        if item.name in found:
            raise ValueError(f"two fields are called {item.name!r}")
        found[item.name] = item
    return MappingProxyType(found)
