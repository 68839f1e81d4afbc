"""The first rows of a file as they would be stored."""

from dataclasses import dataclass
from typing import Any

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, Refused
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.mapping import offered, plan_of
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.reading import Row
from klantbeeld.platform.transfer.table import plain_choice


@dataclass(frozen=True)
class PreviewRow:
    """A row: its number in the file, what each mapped field would hold, and what is wrong with it."""

    number: int
    values: list[str]
    problems: list[str]


@dataclass(frozen=True)
class Preview:
    """Rows under the labels of the fields, or why there are none."""

    labels: list[str]
    rows: list[PreviewRow]
    problem: str = ""


def preview(imported: Import, actor: Actor) -> Preview:
    """What an import would make of the first rows, as they were when the file was looked at, when all were new."""
    record_type = registry.get(imported.record_type)
    fields = offered(record_type, actor)
    try:
        plan = plan_of(imported, actor, "")
        drafter = plan.drafter(plan.bulk())
    except Refused as problem:
        return Preview([], [], str(problem))
    rows = [Row(*each) for each in imported.profile.get("head", [])]
    names = [each.name for each in plan.columns]
    made = []
    for row in rows:
        problems = [row.problem] if row.problem else []
        columns: dict[str, Any] = {}
        if not problems:
            try:
                columns = drafter.preview(row.number, row.cells)
            except Invalid as problem:
                problems = _sentences(problem, fields)
        cells = [row.cells[each.index] if each.index < len(row.cells) else "" for each in plan.columns]
        shown = [_value(columns, fields[name], cell) for name, cell in zip(names, cells, strict=True)]
        made.append(PreviewRow(row.number, shown, problems))
    return Preview([str(fields[name].label) for name in names], made)


def _value(columns: dict[str, Any], field: Any, cell: str) -> str:
    if not columns or field.is_link:
        return cell
    value = columns["custom"].get(field.path) if field.json else columns.get(field.path)
    return "" if value is None else str(plain_choice(value, field))


def _sentences(problem: Invalid, fields: Any) -> list[str]:
    made = []
    for name, texts in problem.errors.items():
        label = f"{fields[name].label}: " if name in fields else ""
        made.append(label + " ".join(str(text) for text in texts))
    return made
