"""The rows that were refused, as a file to mend and send again: as they were, with the reason behind them.

Spreadsheets open it, and the rows are whoever's made the file: what would be a formula is defused, as in an export.
"""

import csv
import io
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klantbeeld.platform.records.bulk import Refusal
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.transfer.defusing import defused

REASON = gettext_lazy("Why it was refused")


@lru_cache(maxsize=1)
def reasons() -> tuple[str, ...]:
    """What the column with the reason may be called: it is in the language of who asked for the import."""
    called = []
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            called.append(str(REASON))
    return tuple(dict.fromkeys(called))


class RefusedFile:
    """A CSV file that grows batch by batch. `size` is the part of it that is known to be true, in bytes, `delimiter`
    what stands between the cells: as in the file that was sent, or the same program wouldn't open it as a table.

    A column with reasons that came with the file is left out: there is a new one.
    """

    def __init__(
        self, path: Path, headers: Iterable[str], fields: Mapping[str, RecordField], size: int, delimiter: str = ","
    ) -> None:
        self.path, self.fields, self.size, self.delimiter = path, fields, size, delimiter
        self.headers = {place: name for place, name in enumerate(headers) if name not in reasons()}

    def add(self, refused: list[Refusal]) -> int:
        """Write rows, on disk before this returns; the size of the file with them.

        What a crash left behind the known part is cut off first.
        """
        if not refused:
            return self.size
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        if self.size == 0:
            writer.writerow(map(defused, [*self.headers.values(), str(REASON)]))
        for each in sorted(refused, key=lambda one: one.number):
            cells = [each.cells[place] if place < len(each.cells) else "" for place in self.headers]
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
