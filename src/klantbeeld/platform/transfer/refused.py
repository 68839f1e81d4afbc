"""The rows that were refused, as a file to mend and send again: as they were, with the reason behind them.

Spreadsheets open it, and the rows are whoever's made the file: what would be a formula is defused, as in an export.
"""

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.records.bulk import Refusal
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.transfer.defusing import defused


class RefusedFile:
    """A CSV file that grows batch by batch. `size` is the part of it that is known to be true, in bytes."""

    def __init__(self, path: Path, headers: Iterable[str], fields: Mapping[str, RecordField], size: int) -> None:
        self.path, self.headers, self.fields, self.size = path, list(headers), fields, size

    def add(self, refused: list[Refusal]) -> int:
        """Write rows, on disk before this returns; the size of the file with them.

        What a crash left behind the known part is cut off first.
        """
        if not refused:
            return self.size
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        if self.size == 0:
            writer.writerow(map(defused, [*self.headers, _("Why it was refused")]))
        for each in sorted(refused, key=lambda one: one.number):
            cells = list(each.cells) + [""] * (len(self.headers) - len(each.cells))
            writer.writerow(map(defused, [*cells, self._reason(each)]))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.truncate(self.size)
            file.seek(self.size)
            file.write(("\ufeff" if self.size == 0 else "").encode() + text.getvalue().encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
            self.size = file.tell()
        return self.size

    def _reason(self, refusal: Refusal) -> str:
        reasons = []
        for name, texts in refusal.errors.items():
            field: Any = self.fields.get(name)
            label = f"{field.label}: " if field else ""
            reasons.append(label + " ".join(texts))
        return _("Row %(number)d: %(reasons)s") % {"number": refusal.number, "reasons": " · ".join(reasons)}
