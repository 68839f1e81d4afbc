"""What a formula gives, worked out before it ever runs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from klantbeeld.platform.formulas import limits
from klantbeeld.platform.formulas.errors import BadFormula
from klantbeeld.platform.formulas.functions import ANY, FUNCTIONS, SAME, Function, wanted
from klantbeeld.platform.formulas.tree import Binary, Call, Literal, Part, Reference, Type, Unary

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TYPE_NAMES: "Mapping[Type, StrOrPromise]" = {
    Type.NUMBER: pgettext_lazy("type in a formula", "a number"),
    Type.TEXT: gettext_lazy("a text"),
    Type.DATE: gettext_lazy("a date"),
    Type.MOMENT: gettext_lazy("a moment"),
    Type.TRUTH: gettext_lazy("yes or no"),
}
_COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})


def check(part: Part, fields: Mapping[str, Type]) -> Type:
    """The type of what a formula gives, with fields of these types. Raises BadFormula."""
    match part:
        case Literal(value=value):
            return Type.TRUTH if isinstance(value, bool) else Type.TEXT if isinstance(value, str) else Type.NUMBER
        case Reference(at=at, name=name):
            if name not in fields:
                raise BadFormula(at, _("There is no field “%(name)s” here.") % {"name": name[:60]})
            return fields[name]
        case Unary(sign=sign):
            return _expect(part.part, Type.NUMBER if sign == "-" else Type.TRUTH, fields)
        case Binary():
            return _binary(part, fields)
        case Call():
            return _call(part, fields)


def _expect(part: Part, type_: Type, fields: Mapping[str, Type]) -> Type:
    return _is(part, check(part, fields), type_)


def _is(part: Part, found: Type, type_: Type) -> Type:
    if found is not type_:
        raise BadFormula(
            part.at,
            _("Here stands %(found)s, where %(wanted)s is needed.")
            % {"found": TYPE_NAMES[found], "wanted": TYPE_NAMES[type_]},
        )
    return found


def _binary(part: Binary, fields: Mapping[str, Type]) -> Type:
    # Each side is looked at once: looking twice at every level would double the work with each.
    sign, left, right = part.sign, check(part.left, fields), check(part.right, fields)
    if sign in {"and", "or", "&"}:
        wanted_type = Type.TEXT if sign == "&" else Type.TRUTH
        _is(part.left, left, wanted_type)
        return _is(part.right, right, wanted_type)
    if sign in _COMPARISONS:
        if left is Type.TRUTH and sign not in {"=", "<>"}:
            raise BadFormula(part.at, _("Yes and no can only be the same or differ."))
        _is(part.right, right, left)
        return Type.TRUTH
    if left is Type.DATE and sign == "-" and right is Type.DATE:
        return Type.NUMBER
    if left is not Type.DATE or sign not in {"+", "-"}:
        _is(part.left, left, Type.NUMBER)
    _is(part.right, right, Type.NUMBER)
    return left


def _call(part: Call, fields: Mapping[str, Type]) -> Type:
    function = FUNCTIONS.get(part.name)
    if function is None:
        known = ", ".join(sorted(FUNCTIONS))
        message = _("There is no function “%(name)s”. There are: %(known)s.")
        raise BadFormula(part.at, message % {"name": part.name[:40], "known": known})
    takes = wanted(part.name, function, len(part.parts))
    if takes is None:
        message = _("%(name)s takes %(count)d values, not %(given)d.")
        names = {"name": part.name, "count": len(function.takes), "given": len(part.parts)}
        raise BadFormula(part.at, message % names)
    same: Type | None = None
    for each, type_ in zip(part.parts, takes, strict=True):
        if type_ == ANY or (type_ == SAME and same is None):
            found = check(each, fields)
            same = same or (found if type_ == SAME else None)
        else:
            _expect(each, same if type_ == SAME and same else Type(type_), fields)
    _check_literal(part, function)
    return same if function.gives == SAME and same else Type(function.gives)


def _check_literal(part: Call, function: Function) -> None:
    if not function.literal:
        return
    last = part.parts[-1]
    value = last.value if isinstance(last, Literal) else None
    if value is None or value not in range(limits.DECIMALS + 1):
        message = _("Write a whole number from 0 to %(most)d here.") % {"most": limits.DECIMALS}
        raise BadFormula(last.at, message)
