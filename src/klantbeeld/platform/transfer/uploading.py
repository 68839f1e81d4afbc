"""Taking in a file: stored under a name of our own, looked at, and a mapping suggested."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.jobs.fence import StillRunning, alone
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, Refused
from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.cleaning import expire
from klantbeeld.platform.transfer.defusing import restored
from klantbeeld.platform.transfer.mapping import keys_of, last_like, suggest
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.reading import IN_REQUEST, Dialect, Row, Rows, Source, profile, read, sniff

LARGEST = 1024 * 1024 * 1024
MOST_WAITING = 4 * LARGEST
"""Bytes of the files of one organisation that were sent and not imported yet."""
PATIENCE_SECONDS = 5.0
HEAD_ROWS = 8
_HEAD_CHARACTERS = 100_000
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")


def may_import(actor: Actor, record_type: RecordType) -> bool:
    """Whether `actor` may add or change such records at all."""
    adds = record_type.creatable and gates.may_create(actor, record_type)
    return adds or (record_type.changeable and gates.may(actor, "change", record_type))


def receive(actor: Actor, record_type: RecordType, content: "File[Any]", file_name: str) -> Import:
    """A new import of a file that somebody sent. Raises NotAllowed, or Refused with why it can't be read.

    The name they gave is only shown; where the file stands is ours to say.
    """
    if not may_import(actor, record_type):
        raise NotAllowed
    if not content.size:
        raise Invalid(_("The file is empty."))
    if content.size > LARGEST:
        raise Invalid(_("The file is larger than %(limit)d MB.") % {"limit": LARGEST // 1024 // 1024})
    _make_room(content.size)
    shown = clean_line(Path(file_name.replace("\\", "/")).name)[:200] or "file"
    ending = Path(shown).suffix if _ENDING.fullmatch(Path(shown).suffix) else ""
    stored = default_storage.save(f"imports/{uuid7()}{ending.lower()}", content)
    try:
        imported = Import(
            record_type=record_type.slug,
            file=stored,
            file_name=shown,
            size=content.size,
            member_id=actor.member_id,
        )
        with _one_at_a_time(actor):
            source = sniff(Path(default_storage.path(stored)), shown, IN_REQUEST)
            _look(imported, actor, source.dialect, source)
    except BaseException:
        default_storage.delete(stored)
        raise
    imported.save()
    return imported


def look(imported: Import, actor: Actor, dialect: Dialect) -> None:
    """Read the file's columns anew in this dialect, and suggest how to go on: as with the last file that had such
    headers, its key and mode included, if there was one. Not saved. Raises Refused."""
    with _one_at_a_time(actor):
        _look(imported, actor, dialect, None)


def _make_room(size: int) -> None:
    expire()
    waiting = Import.objects.exclude(file="").aggregate(size=Sum("size"))["size"] or 0
    if waiting + size > MOST_WAITING:
        raise Invalid(
            _("The files that wait to be imported are too large together (%(limit)d MB). Import some of them first.")
            % {"limit": MOST_WAITING // 1024 // 1024}
        )


@contextmanager
def _one_at_a_time(actor: Actor) -> Iterator[None]:
    """Keep an organisation from having many files looked at at once: each may take a processor and much memory."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(alone(f"look {actor.tenant.id}"))
                break
            except StillRunning:
                if time.monotonic() > deadline:
                    raise Refused(_("We are looking at another file of yours. Try again in a moment.")) from None
                time.sleep(0.1)
        yield


def _look(imported: Import, actor: Actor, dialect: Dialect, source: Source | None) -> None:
    record_type = registry.get(imported.record_type)
    path = Path(default_storage.path(imported.file))
    rows = read(path, dialect, IN_REQUEST)
    head = list(islice(rows, HEAD_ROWS))
    found = profile(Rows(rows.columns, chain(head, rows)), decimal=dialect.decimal, date=dialect.date)
    profiles = [replace(each, name=restored(each.name)) for each in found]
    imported.dialect = dialect.to_json()
    imported.headers = [each.name for each in profiles]
    last = last_like(record_type, imported.headers)
    imported.mapping = suggest(record_type, actor, profiles, last)
    imported.key = best_key(record_type, imported.mapping)
    if last is not None:
        mapped = {each["field"] for each in imported.mapping}
        imported.key = last.key if not last.key or last.key in mapped else imported.key
        imported.mode = last.mode if imported._state.adding else imported.mode
    imported.rows = _estimate(path, dialect, source)
    warnings = [warning.to_json() for each in profiles for warning in each.warnings]
    warnings += [warning.to_json() for warning in (source.warnings if source else ())]
    kept: Mapping[str, Any] = imported.profile
    guesses = (
        {name: [each.value, each.confidence, list(each.alternatives)] for name, each in source.guesses.items()}
        if source
        else kept.get("guesses", {})
    )
    sheets = [each.name for each in source.sheets] if source else kept.get("sheets", [])
    imported.profile = {
        "columns": [
            {"name": each.name, "kind": each.kind, "examples": list(each.examples), "empty": each.empty_share}
            for each in profiles
        ],
        "warnings": warnings,
        "head": _kept(head),
        "guesses": guesses,
        "sheets": sheets,
    }


def _kept(head: list[Row]) -> list[list[Any]]:
    """The first rows as JSON, for the preview, so that nobody has to open the file for it again."""
    longest = max(40, _HEAD_CHARACTERS // max(1, sum(len(row.cells) for row in head)))
    return [[row.number, [cell[:longest] for cell in row.cells], row.problem] for row in head]


def best_key(record_type: RecordType, mapping: list[dict[str, Any]]) -> str:
    """The first field by which records can be recognised and that has a column; empty when none has."""
    names = {each["field"] for each in mapping}
    return next((key for key in ("id", *keys_of(record_type)) if key in names), "")


def _estimate(path: Path, dialect: Dialect, source: Source | None) -> int:
    """About how many rows there are, for the progress bar."""
    if dialect.kind.is_workbook:
        sizes = [each.rows for each in (source.sheets if source else ()) if each.name == dialect.sheet]
        return max(0, sizes[0] - dialect.skip - dialect.header) if sizes else 0
    with path.open("rb") as file:
        lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
    return max(0, lines - dialect.skip - (dialect.header and dialect.kind != "jsonl"))
