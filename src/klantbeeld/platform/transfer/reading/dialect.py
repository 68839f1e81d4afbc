"""How a file is written: everything a person can correct before it is read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from klantbeeld.platform.kernel.numerals import DecimalStyle
from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.errors import FileRefused


class Kind(StrEnum):
    """The families of files that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    JSONL = "jsonl"

    @property
    def is_workbook(self) -> bool:
        return self in (Kind.XLSX, Kind.XLS, Kind.ODS)


class Escape(StrEnum):
    """How a quote is written inside quotes."""

    DOUBLED = "doubled"
    BACKSLASH = "backslash"


class DateStyle(StrEnum):
    """The order of year, month and day."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


@dataclass(frozen=True)
class Dialect:
    """How to read one file.

    `delimiter` is one character, or empty for a file of one column. `quote` is one character, or empty when quotes
    mean nothing. `skip` counts the lines (rows of a sheet) above the header, or above the first row without one.
    `columns` overrides the names found in the file; for JSON Lines it lists the keys known so far.
    `decimal` and `date` are the file's defaults; a column may differ.
    """

    kind: Kind = Kind.CSV
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: Escape = Escape.DOUBLED
    skip_space: bool = False
    header: bool = True
    skip: int = 0
    sheet: str = ""
    columns: tuple[str, ...] = ()
    decimal: DecimalStyle = DecimalStyle.POINT
    date: DateStyle = DateStyle.YMD

    def __post_init__(self) -> None:
        self._check_text()
        if not 0 <= self.skip <= limits.SKIPPED_ROWS:
            raise FileRefused("dialect", setting="skip", value=self.skip)
        if len(self.columns) > limits.COLUMNS:
            raise FileRefused("dialect", setting="columns", value=len(self.columns))

    def _check_text(self) -> None:
        for setting in ("delimiter", "quote"):
            value = getattr(self, setting)
            if len(value) > 1 or value in ("\r", "\n", "\0", "\\"):
                raise FileRefused("dialect", setting=setting, value=repr(value))
        if self.delimiter and (self.delimiter == self.quote or (self.skip_space and self.delimiter == " ")):
            raise FileRefused("dialect", setting="delimiter", value=repr(self.delimiter))
        try:
            " ".encode(self.encoding)
        except (LookupError, ValueError):
            raise FileRefused("dialect", setting="encoding", value=repr(self.encoding)) from None

    def but(self, **changes: Any) -> Self:
        """The same dialect with some settings changed; raises `FileRefused` when they can't be."""
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON-able values; `from_json` reads them back."""
        return asdict(self) | {"columns": list(self.columns)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The dialect in `data`; missing settings get their defaults.

        Raises `FileRefused` with the setting's name when one is unknown or holds something it can't.
        """
        known = {field.name: field for field in fields(cls)}
        settings: dict[str, Any] = {}
        for name, value in data.items():
            if name not in known:
                raise FileRefused("dialect", setting=name, value=repr(value))
            settings[name] = _setting(name, value, known[name].default)
        return cls(**settings)


def _setting(name: str, value: Any, default: Any) -> Any:
    """`value` in the type that the setting's default has."""
    refused = FileRefused("dialect", setting=name, value=repr(value))
    if isinstance(default, tuple):
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise refused
        return tuple(value)
    wanted = type(default)
    if issubclass(wanted, StrEnum) and isinstance(value, str):
        try:
            return wanted(value)
        except ValueError:
            raise refused from None
    if type(value) is not wanted:
        raise refused
    return value
