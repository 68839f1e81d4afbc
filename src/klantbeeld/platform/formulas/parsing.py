"""From text to tree: numbers, texts in quotes, names of fields, operators and calls, as in a spreadsheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from klantbeeld.platform.formulas import limits
from klantbeeld.platform.formulas.errors import BadFormula
from klantbeeld.platform.formulas.tree import Binary, Call, Literal, Part, Reference, Unary

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<text>"(?:[^"]|"")*")
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)
    | (?P<sign><=|>=|<>|!=|[-+*/&=<>(),])
    )""",
    re.VERBOSE,
)
# How tightly operators hold what stands beside them.
_STRENGTH = {
    "or": 1, "and": 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "&": 5, "+": 6, "-": 6, "*": 7, "/": 7,
}  # fmt: skip
_NOT, _MINUS = 3, 8
_SAME = {"!=": "<>"}
_WORDS = frozenset({"and", "or", "not"})
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class _Token:
    at: int
    kind: str
    text: str


def parse(text: str) -> Part:
    """The tree of a formula. Raises BadFormula, with the place at which it can't be read any further."""
    if len(text) > limits.LENGTH:
        raise BadFormula(limits.LENGTH, _("A formula has at most %(count)d characters.") % {"count": limits.LENGTH})
    return _Parser(text).whole()


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            if text[at] == '"':
                raise BadFormula(at, _("This text isn’t closed: a quote is missing."))
            raise BadFormula(at, _("This sign means nothing here."))
        yield _Token(found.start(found.lastgroup), found.lastgroup, found[found.lastgroup])
        place = found.end()
    yield _Token(len(text), "end", "")


class _Parser:
    """Precedence climbing over the tokens."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.parts = 0

    def whole(self) -> Part:
        part = self._part(0, 1)
        if self._now.kind != "end":
            raise self._unexpected()
        return part

    @property
    def _now(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        token = self._now
        self.next += 1
        return token

    def _unexpected(self) -> BadFormula:
        token = self._now
        if token.kind == "end":
            return BadFormula(token.at, _("The formula stops too early."))
        return BadFormula(token.at, _("“%(text)s” wasn’t expected here.") % {"text": token.text[:40]})

    def _count(self, at: int, depth: int) -> None:
        self.parts += 1
        if self.parts > limits.PARTS or depth > limits.DEPTH:
            raise BadFormula(at, _("This formula is too large. Divide it over two fields."))

    def _part(self, least: int, depth: int) -> Part:
        left = self._single(depth)
        while True:
            token = self._now
            sign = _SAME.get(token.text, token.text.lower())
            strength = _STRENGTH.get(sign, 0) if token.kind in {"sign", "word"} else 0
            if strength == 0 or strength <= least:
                return left
            self._take()
            self._count(token.at, depth)
            left = Binary(token.at, sign, left, self._part(strength, depth + 1))

    def _single(self, depth: int) -> Part:
        token = self._now
        self._count(token.at, depth)
        if token.kind == "number":
            return self._number(self._take())
        if token.kind == "text":
            return Literal(token.at, self._take().text[1:-1].replace('""', '"'))
        if token.kind == "word":
            return self._word(self._take(), depth)
        if token.text == "(":
            self._take()
            part = self._part(0, depth + 1)
            self._expect(")")
            return part
        if token.text == "-":
            self._take()
            return Unary(token.at, "-", self._part(_MINUS, depth + 1))
        raise self._unexpected()

    def _number(self, token: _Token) -> Literal:
        if len(token.text.replace(".", "")) > limits.DIGITS:
            raise BadFormula(token.at, _("This number is too large or too exact."))
        return Literal(token.at, Decimal(token.text))

    def _word(self, token: _Token, depth: int) -> Part:
        word = token.text.lower()
        if word == "not":
            return Unary(token.at, "not", self._part(_NOT, depth + 1))
        if word in _WORDS:
            self.next -= 1
            raise self._unexpected()
        if self._now.text == "(" and self._now.kind == "sign":
            self._take()
            return Call(token.at, word, self._arguments(depth))
        if word in _TRUTHS:
            return Literal(token.at, _TRUTHS[word])
        return Reference(token.at, token.text)

    def _arguments(self, depth: int) -> tuple[Part, ...]:
        parts: list[Part] = []
        if self._now.text == ")" and self._now.kind == "sign":
            self._take()
            return ()
        while True:
            parts.append(self._part(0, depth + 1))
            if self._now.kind == "sign" and self._now.text == ",":
                self._take()
                continue
            self._expect(")")
            return tuple(parts)

    def _expect(self, sign: str) -> None:
        if self._now.kind != "sign" or self._now.text != sign:
            if self._now.kind == "end":
                raise BadFormula(self._now.at, _("A closing bracket is missing."))
            raise self._unexpected()
        self._take()
