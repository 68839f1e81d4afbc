"""What is checked of every record type when the program starts: mistakes in a declaration stop it with a sentence."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, FieldSet, Kind, Relation
from klantbeeld.platform.records.record_type import Board, RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.models import TenantModel
from klantbeeld.platform.ui import icons


@register()
def check_record_types(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every problem of every declaration."""
    return [
        Error(problem, obj=type(record_type), id="records.E001")
        for record_type in registry
        for problem in problems_of(record_type)
    ]


def problems_of(record_type: RecordType) -> Iterator[str]:
    """What is wrong with a declaration, in sentences; nothing when it is right."""
    try:
        fields = record_type.static_fields
    except (FieldDoesNotExist, TypeError) as problem:
        yield f"{record_type.slug}: {problem}"
        return
    if len(set(record_type.fields)) != len(record_type.fields):
        yield f"{record_type.slug} names a field twice."
    if not issubclass(record_type.model, TenantModel):
        yield f"{record_type.slug} is over a table without a tenant."
    if record_type.icon not in icons.NAMES:
        yield f"{record_type.slug} has an icon {record_type.icon!r} that isn't in the sprite."
    yield from _unknown_names(record_type)
    yield from _owner(record_type)
    yield from _unindexed(record_type)
    for name, field in fields.items():
        if field.kind is Kind.LINK and not (field.target and registry.find(field.target)):
            yield f"{record_type.slug}.{name} links to something that is no record type; give its target."
    yield from _broken_views(record_type)


def _unknown_names(record_type: RecordType) -> Iterator[str]:
    named = {
        "columns": record_type.columns,
        "quick": record_type.quick,
        "import_keys": record_type.import_keys,
        "personal": record_type.personal,
        "about": record_type.about,
        "changes": record_type.changes,
        "sortable": record_type.sortable,
        "cells": record_type.cells,
        "phone": record_type.phone,
        "search": (*record_type.search.b, *record_type.search.c, *record_type.search.d),
        "title": (record_type.title,),
        "board": _of_board(record_type.board),
        "days": record_type.days,
        "places": (record_type.places.country, record_type.places.postcode) if record_type.places else (),
        "sections": tuple(name for section in record_type.sections for name in section.fields),
    }
    for place, names in named.items():
        for name in names:
            if name not in record_type.fields:
                yield f"{record_type.slug} names {name!r} in {place}, but not in fields."
    if record_type.sort.removeprefix("-") not in record_type.sortable:
        yield f"{record_type.slug} is sorted by {record_type.sort!r}, which isn't sortable."


def _of_board(board: Board | None) -> tuple[str, ...]:
    return (board.by, *filter(None, [board.total]), *board.lines, *board.badge_needs) if board else ()


def _owner(record_type: RecordType) -> Iterator[str]:
    if record_type.owner is not None:
        try:
            record_type.model._default_manager.filter(**{f"{record_type.owner}__isnull": True}).query  # noqa: B018
        except FieldError as problem:
            yield f"{record_type.slug} has an owner that can't be found: {problem}"


def _unindexed(record_type: RecordType) -> Iterator[str]:
    """A list sorted by a column needs an index (tenant, column, id): without it every page sorts the whole table.

    So does a link by which lists are narrowed without anybody asking for it: the one that rights look at, and those
    that lead to the record on whose page they stand. Other filters are weighed one by one: see ADR 0016.
    """
    indexed = {tuple(index.fields) for index in record_type.model._meta.indexes}
    for name, path in record_type.sortable.items():
        if ("tenant", path, "id") not in indexed:
            yield f"{record_type.slug} can be sorted by {name}, but has no index on (tenant, {path}, id)."

    board = record_type.board
    if board is not None and board.by in record_type.static_fields:
        by = record_type.static_fields[board.by].path
        order = record_type.sortable.get(record_type.sort.removeprefix("-"), "")
        if ("tenant", by, order, "id") not in indexed:
            yield f"{record_type.slug} has a board by {board.by}, but no index on (tenant, {by}, {order}, id)."

    if record_type.owner is not None and not _leads(record_type.model, record_type.owner.split(LOOKUP_SEP)[0]):
        yield f"{record_type.slug} has an owner, but no index that begins with the link to it."
    for each in record_type.related:
        other = registry.find(each.record_type)
        if other is not None and not _leads(other.model, each.link):
            yield f"{record_type.slug} shows {other.slug}, which have no index that begins with {each.link}."


def _leads(model: type[models.Model], name: str) -> bool:
    """Whether rows are found by this link: it has an index of its own, or one begins with the tenant and it."""
    column: Any = model._meta.get_field(name)
    beginnings = {tuple(index.fields[:2]) for index in model._meta.indexes}
    for each in model._meta.constraints:
        if isinstance(each, models.UniqueConstraint) and each.condition is None:
            named = each.fields or [getattr(expression, "name", "") for expression in each.expressions]
            beginnings.add(tuple(named[:2]))
    return column.db_index or column.unique or ("tenant", name) in beginnings


def _broken_views(record_type: RecordType) -> Iterator[str]:
    relations = [
        Relation(each.name, each.label, each.name, _nothing, models.QuerySet, each.link) for each in record_type.related
    ]
    known = FieldSet.of(record_type.static_fields.values(), relations)
    slugs = [view.slug for view in record_type.views]
    if len(set(slugs)) != len(slugs):
        yield f"{record_type.slug} has two views of one name."
    for view in record_type.views:
        try:
            conditions.check(conditions.parse(view.condition), known)
        except BadCondition as problem:
            yield f"{record_type.slug}, view {view.slug}: {problem}"
    for each in record_type.related:
        if registry.find(each.record_type) is None:
            yield f"{record_type.slug} is related to {each.record_type!r}, which is no record type."


def _nothing() -> FieldSet:
    return FieldSet.of(())
