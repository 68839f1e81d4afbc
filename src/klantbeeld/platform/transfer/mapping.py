"""Which column of a file goes into which field: suggested, remembered, checked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.text import fold
from klantbeeld.platform.records.bulk.writer import ID
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.plan import MappedColumn, Plan
from klantbeeld.platform.transfer.reading import ColumnKind, ColumnProfile, DateStyle, DecimalStyle, Dialect, Guess
from klantbeeld.platform.transfer.refused import reasons

ID_HEADER = "Klantbeeld id"
_SIGNS = re.compile(r"[^\w]+|_")
_CODES = {ColumnKind.ID, ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.MONEY, ColumnKind.PHONE}
_BY_KIND = {ColumnKind.EMAIL: "email", ColumnKind.PHONE: "tel"}


def offered(record_type: RecordType, actor: Actor) -> dict[str, RecordField]:
    """The fields that `actor` may fill by an import, by name, the record's own id among them."""
    return {**record_type.writable(actor), "id": ID}


def keys_of(record_type: RecordType) -> list[str]:
    """By which fields records of this type can be recognised, the best first."""
    return [*record_type.import_keys, "id"]


def suggest(
    record_type: RecordType, actor: Actor, profiles: Sequence[ColumnProfile], last: Import | None
) -> list[dict[str, Any]]:
    """A mapping for columns with these profiles: as in the `last` import of such headers, else by name and content."""
    fields = offered(record_type, actor)
    kept: dict[str, dict[str, Any]] = {each["column"]: each for each in last.mapping} if last else {}
    taken: set[str] = set()
    mapping = []
    for index, each in enumerate(profiles):
        before = kept.get(each.name, {})
        name = str(before.get("field", "")) if last else _by_name(record_type, fields, each.name)
        if name not in fields or name in taken:
            name = ""
        taken.add(name)
        mapping.append(_line(index, each, name, before))
    for index, each in enumerate(profiles):
        if not last and not mapping[index]["field"]:
            name = _by_content(fields, each, taken)
            taken.add(name)
            mapping[index] = _line(index, each, name, {})
    return mapping


def _line(index: int, profile: ColumnProfile, name: str, before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "index": index,
        "column": profile.name,
        "field": name,
        "decimal": _style(profile.decimal, before.get("decimal"), "point"),
        "date": _style(profile.date, before.get("date"), "dmy"),
    }


def _style(guess: Guess | None, before: str | None, otherwise: str) -> str:
    """How a column is written: what its values prove, else what it was last time, else what seems likely."""
    if guess is not None and not guess.alternatives:
        return str(guess.value)
    return before or (str(guess.value) if guess else otherwise)


def last_like(record_type: RecordType, headers: Sequence[str]) -> Import | None:
    """The latest import of a file with these headers. A column with the reasons why rows were refused doesn't count."""
    plain = [each for each in headers if each not in reasons()]
    same = Q(headers=plain)
    for reason in reasons():
        same |= Q(headers=[*plain, reason])
    return Import.objects.filter(same, record_type=record_type.slug, job__isnull=False).order_by("-created_at").first()


def _by_name(record_type: RecordType, fields: Mapping[str, RecordField], header: str) -> str:
    wanted = _plain(header)
    if header == ID_HEADER:
        return "id"
    for name, words in _words(record_type).items():
        if wanted in words and name in fields:
            return name
    own = (
        name for name, each in fields.items() if each.json and wanted in {_plain(str(each.label)), _plain(each.path)}
    )
    return next(own, "")


@lru_cache(maxsize=64)
def _words(record_type: RecordType) -> dict[str, frozenset[str]]:
    """What each field may be called in a file: its name, its labels in every language, and further words."""
    made = {}
    for name, each in record_type.static_fields.items():
        words = {name, *record_type.synonyms.get(name, ())}
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                words.add(str(each.label))
        made[name] = frozenset(map(_plain, words))
    return made


def _plain(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def _by_content(fields: Mapping[str, RecordField], profile: ColumnProfile, taken: set[str]) -> str:
    wanted = _BY_KIND.get(profile.kind)
    for name, each in fields.items():
        if name not in taken and wanted and each.input_type == wanted:
            return name
    if profile.kind is ColumnKind.POSTCODE and "postcode" in fields and "postcode" not in taken:
        return "postcode"
    return ""


def checked(record_type: RecordType, actor: Actor, mapping: Iterable[Mapping[str, Any]], key: str) -> None:
    """Raises Invalid when a mapping can't be used: unknown or repeated fields, none at all, a key that isn't mapped."""
    fields = offered(record_type, actor)
    names = [str(each["field"]) for each in mapping if each["field"]]
    unknown = [name for name in names if name not in fields]
    if unknown:
        raise Invalid(_("There is no such field, or it can't be written: %(names)s.") % {"names": ", ".join(unknown)})
    if not names:
        raise Invalid(_("Choose a field for at least one column."))
    twice = {str(fields[name].label) for name in names if names.count(name) > 1}
    if twice:
        raise Invalid(_("Two columns go into the same field: %(names)s.") % {"names": ", ".join(sorted(twice))})
    if key and (key not in names or key not in keys_of(record_type)):
        raise Invalid({"key": [_("Choose a column for the field by which records are recognised.")]})


def plan_of(imported: Import, actor: Actor, run: str) -> Plan:
    """What an import is to do, as `actor`. Raises Invalid when its mapping doesn't fit any more."""
    record_type = registry.get(imported.record_type)
    checked(record_type, actor, imported.mapping, imported.key)
    fields = offered(record_type, actor)
    kinds = dict(enumerate(each["kind"] for each in imported.profile.get("columns", [])))
    columns = []
    for each in imported.mapping:
        name, index = each["field"], each["index"]
        if name:
            is_code = name in {imported.key, "id"} or kinds.get(index) in _CODES
            columns.append(MappedColumn(index, name, DecimalStyle(each["decimal"]), DateStyle(each["date"]), is_code))
    return Plan(
        record_type=imported.record_type,
        path=Path(default_storage.path(imported.file)),
        dialect=Dialect.from_json(imported.dialect),
        columns=tuple(columns),
        key=imported.key,
        actor=actor,
        fields=fields,
        language=translation.get_language() or "en",
        run=run,
        headers=tuple(imported.headers),
    )
