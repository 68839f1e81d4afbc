"""The door of formulas: read one, check it, make it an expression."""

from klantbeeld.platform.formulas.checking import TYPE_NAMES, check
from klantbeeld.platform.formulas.compiling import Compiler
from klantbeeld.platform.formulas.errors import BadFormula
from klantbeeld.platform.formulas.functions import FUNCTIONS
from klantbeeld.platform.formulas.parsing import parse
from klantbeeld.platform.formulas.sql import Sql
from klantbeeld.platform.formulas.tree import Part, Type, names_in

__all__ = [
    "FUNCTIONS",
    "TYPE_NAMES",
    "BadFormula",
    "Compiler",
    "Part",
    "Sql",
    "Type",
    "check",
    "names_in",
    "parse",
]
