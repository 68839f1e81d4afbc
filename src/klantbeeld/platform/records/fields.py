"""A field of a record type: what conditions know of it, and how it is stored, checked and shown."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from klantbeeld.platform.conditions.fields import Field, Kind
from klantbeeld.platform.customfields.public import CustomField
from klantbeeld.platform.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from klantbeeld.platform.access.actor import Actor

_KINDS: "tuple[tuple[type[models.Field[Any, Any]], Kind], ...]" = (
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateTimeField, Kind.DATETIME),
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.NUMBER),
    (models.IntegerField, Kind.NUMBER),
    (models.UUIDField, Kind.UUID),
    (models.TextField, Kind.LONG_TEXT),
    (models.CharField, Kind.TEXT),
)


OWN_FIELD = "custom."
LINKS = frozenset({Kind.USER, Kind.LINK})


@dataclass(frozen=True)
class Computed:
    """How a value follows from others: as an expression of the database, for an actor. `inputs` are the fields of the
    same record that it takes, `visible` says whether an actor may know what else it takes."""

    expression: "Callable[[Actor], Any]"
    inputs: frozenset[str] = frozenset()
    visible: "Callable[[Actor], bool]" = lambda actor: True


@dataclass(frozen=True)
class RecordField(Field):
    """One field as every surface sees it.

    `column` is the model's field (None for an own field), `in_list` whether an own field is a column,
    `editable` whether it can be written at all, `sortable` whether a list may be sorted by it (it has an index),
    `personal` whether it says something about a person, `currency_field` names the field with the currency of an
    amount, `help` is a line under the input. A `computed` field stands in a row under its path, as if it were a column.
    """

    column: "models.Field[Any, Any] | None" = None
    editable: bool = True
    required: bool = False
    in_list: bool = False
    sortable: bool = False
    personal: bool = False
    currency_field: str | None = None
    max_length: int | None = None
    decimals: int | None = None
    help: "StrOrPromise" = ""
    sort_path: str = ""
    input_type: str = ""
    extra: dict[str, Any] = field(default_factory=dict, compare=False)
    computed: Computed | None = field(default=None, compare=False)

    @property
    def own(self) -> bool:
        """Whether the organisation added it."""
        return self.name.startswith(OWN_FIELD)

    @property
    def key(self) -> str:
        """Its name among the own fields of a record."""
        return self.name.removeprefix(OWN_FIELD)

    @property
    def is_link(self) -> bool:
        """Whether values are ids of other records, or of colleagues."""
        return self.kind in LINKS

    @property
    def label_key(self) -> str:
        """Under what `reading` puts the name of what a link points to in a row."""
        return f"custom__{self.path}__label" if self.json else f"{self.path}__label"

    @property
    def number_like(self) -> bool:
        """Whether values stand at the right in a table."""
        return self.kind in {Kind.NUMBER, Kind.MONEY}


def from_model(model: type[models.Model], name: str, **changes: Any) -> RecordField:
    """The record field for a model's own field. Raises FieldDoesNotExist, and TypeError for a type without a kind."""
    column: Any = model._meta.get_field(name)
    kind, target = changes.pop("kind", None) or _kind(column), None
    if isinstance(column, models.ForeignKey):
        target = changes.pop("target", None)
    choices = tuple((str(value), label) for value, label in (getattr(column, "flatchoices", None) or ()))
    if isinstance(column, ArrayField):
        choices = tuple((str(value), label) for value, label in (column.base_field.flatchoices or ()))
    made = {
        "name": name,
        "label": column.verbose_name,
        "kind": kind,
        "path": name,
        "choices": choices,
        "nullable": column.null or column.empty_strings_allowed,
        "target": target,
        "column": column,
        "editable": column.editable,
        "required": column.editable and not column.blank and not column.null and not column.has_default(),
        "max_length": getattr(column, "max_length", None),
        "decimals": getattr(column, "decimal_places", None),
        "help": column.help_text,
        "sort_path": name,
    }
    return RecordField(**(made | changes))


def _kind(column: "models.Field[Any, Any]") -> Kind:
    if isinstance(column, models.ForeignKey):
        return Kind.USER if column.related_model is Member else Kind.LINK
    if isinstance(column, ArrayField):
        return Kind.MULTI_CHOICE
    if column.choices:
        return Kind.CHOICE
    for type_, kind in _KINDS:
        if isinstance(column, type_):
            return kind
    raise TypeError(f"{column} has no kind; give one")


def from_custom(own: CustomField) -> RecordField:
    """The record field for a field that the organisation added. It is named `custom.<key>` everywhere."""
    kind = Kind(own.kind)
    return RecordField(
        name=f"{OWN_FIELD}{own.key}",
        label=own.label,
        kind=kind,
        path=own.key,
        choices=tuple((pair["value"], pair["label"]) for pair in own.choices),
        json=True,
        target=own.target or None,
        required=own.required,
        in_list=own.in_list,
        max_length=255 if kind is Kind.TEXT else None,
        decimals=2 if kind is Kind.MONEY else 6,
    )
