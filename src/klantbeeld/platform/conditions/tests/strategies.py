"""Random conditions that fit a field set."""

from hypothesis import strategies as st

from klantbeeld.platform.conditions.operators import MEASURED_KINDS
from klantbeeld.platform.conditions.public import (
    Arity,
    Condition,
    Context,
    Field,
    FieldSet,
    Group,
    Join,
    Kind,
    Measure,
    Operator,
    RelatedTest,
    Span,
    Test,
    Unit,
    ValueKind,
    measure_operators,
    operators,
)
from klantbeeld.platform.conditions.tests.world import COMPANIES, FRAGMENTS, MEMBERS, NUMBERS, days, moments


def conditions(fieldset: FieldSet, context: Context, depth: int = 2) -> st.SearchStrategy[Condition]:
    leaves = _tests(fieldset, context)
    if fieldset.relations:
        leaves |= st.sampled_from(list(fieldset.relations.values())).flatmap(
            lambda relation: _related(relation.name, relation.fields(), context)
        )
    if depth == 0:
        return leaves
    inner = conditions(fieldset, context, depth - 1)
    return leaves | st.builds(_group, st.sampled_from(list(Join)), st.lists(inner, min_size=0, max_size=3))


def _group(join: Join, parts: list[Condition]) -> Group:
    return Group(join if parts else Join.ALL, tuple(parts))


def _tests(fieldset: FieldSet, context: Context) -> st.SearchStrategy[Condition]:
    pairs = [(field, operator) for field in fieldset.fields.values() for operator in operators(field.kind)]
    return st.sampled_from(pairs).flatmap(
        lambda pair: st.builds(Test, st.just(pair[0].name), st.just(pair[1].name), _value(*pair, context))
    )


def _related(name: str, fields: FieldSet, context: Context) -> st.SearchStrategy[Condition]:
    where = st.none() | conditions(fields, context, depth=1)
    counted = Field("count", "", Kind.NUMBER, "")
    exists = st.builds(RelatedTest, st.just(name), where, st.just(Measure.EXISTS), value=st.booleans())
    figures = [
        (measure, field, operator)
        for measure, kinds in MEASURED_KINDS.items()
        for field in fields.fields.values()
        if field.kind in kinds
        for operator in measure_operators(field.kind)
    ]
    figures += [(Measure.COUNT, counted, operator) for operator in measure_operators(Kind.NUMBER)]

    def measured(figure: tuple[Measure, Field, Operator]) -> st.SearchStrategy[Condition]:
        measure, field, operator = figure
        of = None if measure is Measure.COUNT else field.name
        value = _value(field, operator, context)
        fixed = (st.just(each) for each in (measure, of, operator.name))
        return st.builds(RelatedTest, st.just(name), where, *fixed, value)

    return exists | st.sampled_from(figures).flatmap(measured)


def _value(field: Field, operator: Operator, context: Context) -> st.SearchStrategy[object]:
    one = _scalar(field, operator, context)
    match operator.arity:
        case Arity.NONE:
            return st.none()
        case Arity.ONE:
            return one
        case Arity.TWO:
            return st.lists(one, min_size=2, max_size=2).map(_in_order)
        case _:
            return st.lists(one, min_size=1, max_size=3).map(tuple)


def _in_order(values: list[object]) -> tuple[object, ...]:
    if isinstance(values[0], str) and not values[0].lstrip("-").replace(".", "").isdigit():
        # A day and a moment compare by their days; the moment's is cut from its text, which is in UTC.
        if len({len(value) == 10 for value in values}) == 2:
            values = [value[:10] for value in values]
        return tuple(sorted(values))
    return tuple(sorted(values, key=float))


def _scalar(field: Field, operator: Operator, context: Context) -> st.SearchStrategy[object]:
    on_days = st.sampled_from([day.isoformat() for day in days(context)])
    at_moments = st.sampled_from([moment.isoformat(timespec="microseconds") for moment in moments(context)])
    units = [unit for unit in Unit if unit is not Unit.HOUR or field.kind is Kind.DATETIME]
    return {
        ValueKind.NOTHING: st.none(),
        ValueKind.TEXT: st.sampled_from(FRAGMENTS),
        ValueKind.NUMBER: st.sampled_from([*map(str, NUMBERS), 1, 2, 3, 0.5, -2, 99999999999]),
        ValueKind.DAY: on_days,
        ValueKind.MOMENT: on_days | at_moments,
        ValueKind.BOOLEAN: st.booleans(),
        ValueKind.CHOICE: st.sampled_from([key for key, _label in field.choices] or ["none"]),
        ValueKind.REFERENCE: st.sampled_from([str(each) for each in (*MEMBERS, *COMPANIES)]),
        ValueKind.SPAN: st.builds(Span, st.sampled_from([1, 2, 3, 12]), st.sampled_from(units)),
    }[operator.value_kind]
