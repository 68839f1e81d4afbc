"""A condition in a form: one sentence that can be typed, and the same in rows that can be picked.

Put `records/condition_editor.html` into any form with an `editor`; hand what comes back to `submitted`.
"""

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, BadSentence, Condition, Group, Join, Kind
from klantbeeld.platform.records import condition_picks
from klantbeeld.platform.records.condition_picks import Pick
from klantbeeld.platform.records.condition_rows import Row, Rows
from klantbeeld.platform.records.names import speech_of
from klantbeeld.platform.records.record_type import RecordType


@dataclass(frozen=True)
class ConditionEditor:
    """The editor as it is drawn. `name` is what its form fields begin with, so that a page may have several.

    `sentence` stands in the box; `was` is what stood there when the rows were made, so that of the two the one that was
    changed counts. `offset` and `length` are the place in the sentence that `problem` is about, in the units of
    `in_browser`; None if it is about a row. `focus` is the id of the control to begin at, "" for none.
    """

    name: str
    sentence: str
    was: str
    rows: Row
    url: str
    suggestions_url: str
    example: str = ""
    focus: str = ""
    problem: str = ""
    offset: int | None = None
    length: int = 0


@dataclass(frozen=True)
class Submitted:
    """What came back: the condition (None for "everything"), or the editor with what is wrong with it; `acted` if a
    button of the editor itself was pressed, so that the form isn't finished yet."""

    condition: Condition | None
    editor: ConditionEditor
    acted: bool = False

    @property
    def problem(self) -> str:
        """What is wrong, "" for nothing."""
        return self.editor.problem


def editor(
    actor: Actor,
    record_type: RecordType,
    name: str,
    condition: Condition | None = None,
    *,
    focus: str = "",
    further: bool = False,
) -> ConditionEditor:
    """The editor of a condition on records of this type; `further` ends the sentence where another condition goes on.

    A condition that doesn't fit what the actor may read leaves the sentence empty and says so in `problem`.
    """
    sentence, problem = "", ""
    try:
        sentence = said(actor, record_type, condition)
    except BadCondition as refused:
        condition, problem = None, refused.message
    if further and sentence and condition is not None:
        either = isinstance(condition, Group) and condition.join is Join.ANY and len(condition.parts) > 1
        sentence = f"{f'({sentence})' if either else sentence} {conditions.joiner_word(Join.ALL, actor.language)} "
    return _drawn(actor, record_type, name, sentence, condition_picks.from_condition(condition), focus, problem)


def said(actor: Actor, record_type: RecordType, condition: Condition | None) -> str:
    """The condition as a sentence that can be read back, "" for none. Raises BadCondition."""
    if condition is None or condition == conditions.EVERYTHING:
        return ""
    return conditions.write(condition, record_type.field_set(actor), speech_of(actor))


def submitted(
    actor: Actor, record_type: RecordType, name: str, data: QueryDict, *, rows_count: bool = False
) -> Submitted:
    """Read an editor from a form. Nothing that came in is lost: the editor holds it, also when it can't be used.

    `rows_count` says that the rows were changed last, whatever stands in the sentence.
    """
    sentence, was = data.get(f"{name}.sentence", ""), data.get(f"{name}.was", "")
    action = data.get(f"{name}.do", "")
    picked = condition_picks.from_form(data, name)
    by_hand = sentence.strip() != was.strip() and not rows_count
    try:
        condition = _read(actor, record_type, sentence) if by_hand else _picked(actor, record_type, name, picked)
    except BadSentence as refused:
        start, end = (in_browser(sentence, refused.offset + further) for further in (0, refused.length))
        kept = _drawn(actor, record_type, name, sentence, picked, "", refused.message, was)
        return Submitted(None, replace(kept, offset=start, length=end - start), bool(action))
    except BadCondition as refused:
        picked = condition_picks.changed(picked, action)
        problem = "" if action else refused.message
        return Submitted(None, _drawn(actor, record_type, name, sentence, picked, "", problem, was), bool(action))
    if by_hand:
        picked = condition_picks.from_condition(condition)
    else:
        sentence = said(actor, record_type, condition)
    picked = condition_picks.changed(picked, action)
    return Submitted(condition, _drawn(actor, record_type, name, sentence, picked, ""), bool(action))


def _read(actor: Actor, record_type: RecordType, sentence: str) -> Condition | None:
    if not sentence.strip():
        return None
    found = conditions.read(sentence, record_type.field_set(actor), speech_of(actor))
    return None if found == conditions.EVERYTHING else found


def _picked(actor: Actor, record_type: RecordType, name: str, picked: Pick) -> Condition | None:
    tree = Rows(actor, name).json(record_type, picked)
    if tree is None:
        return None
    condition = conditions.parse(tree)
    conditions.check(condition, record_type.field_set(actor))
    return condition


def _drawn(
    actor: Actor,
    record_type: RecordType,
    name: str,
    sentence: str,
    picked: Pick,
    focus: str,
    problem: str = "",
    was: str | None = None,
) -> ConditionEditor:
    return ConditionEditor(
        name=name,
        sentence=sentence,
        was=sentence if was is None else was,
        rows=Rows(actor, name).drawn(record_type, picked),
        url=f"{reverse('records:condition', args=[record_type.slug])}?editor={name}",
        suggestions_url=reverse("records:suggestions", args=[record_type.slug]),
        example=_example(actor, record_type),
        focus=focus,
        problem=problem,
    )


def in_browser(sentence: str, offset: int) -> int:
    """A place in a sentence as a browser counts: in units of UTF-16."""
    return len(sentence[:offset].encode("utf-16-le", "replace")) // 2


def _example(actor: Actor, record_type: RecordType) -> str:
    """The beginning of a sentence, with a field that the actor may read."""
    for each in record_type.readable(actor).values():
        if each.kind in {Kind.TEXT, Kind.CHOICE}:
            return f"{conditions.within(each.label)} {conditions.operators(each.kind)[0].label} …"
    return "…"
