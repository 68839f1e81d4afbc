"""Pieces of SQL with parts in their places."""

import re
from typing import Any

from django.db.models import Func

_PLACE = re.compile(r"\{([0-9]+)\}")


class Sql(Func):
    """SQL in which "{0}" stands for the first part, as often as it is wanted. A "%" in it is written twice."""

    def __init__(self, pattern: str, *parts: Any, output_field: Any) -> None:
        super().__init__(*parts, output_field=output_field)
        self.pattern = pattern

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        compiled = [compiler.compile(each) for each in self.source_expressions]
        made = ""
        params: list[Any] = []
        for at, piece in enumerate(_PLACE.split(self.pattern)):
            if at % 2 == 0:
                made += piece
            else:
                sql, its_params = compiled[int(piece)]
                made += sql
                params += its_params
        return made, tuple(params)
