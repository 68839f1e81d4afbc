"""What family of file this is, by its first bytes; its name only decides where the bytes leave a doubt."""

import json
import re
import zipfile
from pathlib import Path, PurePath

from klantbeeld.platform.transfer.reading.dialect import Kind
from klantbeeld.platform.transfer.reading.errors import FileRefused

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
    (b"Rar!\x1a\x07", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "binary"),
    (b"PAR1", "binary"),
    (b"\x7fELF", "binary"),
)
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S)
XML = re.compile(rb"\s*<\?xml\b", re.I)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
CONTROLS = bytes(set(range(32)) - {1, 9, 10, 12, 13, 27, 28, 29, 30, 31})
"""What text does not hold: the signs that end lines or separate fields are left out."""
BINARY_SHARE = 0.02
"""More control characters than this among the first bytes and it is not text."""


def kind_of(path: Path, filename: str, head: bytes) -> Kind:
    """The kind of a file from its first bytes (`head`). Raises `FileRefused` with the reason when it is not a table."""
    if not head:
        raise FileRefused("empty")
    for signature, code in SIGNATURES:
        if head.startswith(signature):
            raise FileRefused(code)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_in_zip(path)
    if head.startswith(OLE2):
        return _kind_in_ole(path)
    return _kind_of_text(head, PurePath(filename).suffix.lower())


def _kind_in_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError):
        raise FileRefused("zip") from None
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind.XLSX
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    if mimetype.startswith(b"application/vnd.oasis") or "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise FileRefused("document")
    raise FileRefused("zip")


def _kind_in_ole(path: Path) -> Kind:
    """Old workbooks, and new ones with a password, which are wrapped in the old container."""
    with path.open("rb") as file:
        directory = file.read(8 * 1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in directory:
        raise FileRefused("encrypted")
    if any(name.encode("utf-16-le") in directory for name in ("Workbook", "Book")):
        return Kind.XLS
    raise FileRefused("document")


def _kind_of_text(head: bytes, suffix: str) -> Kind:
    text = head
    for mark in MARKS:
        text = text.removeprefix(mark)
    wide = head.startswith(MARKS[1:]) or looks_wide(head)
    narrow = text.replace(b"\0", b"") if wide else text
    if HTML.match(narrow):
        raise FileRefused("html")
    if XML.match(narrow):
        raise FileRefused("html" if b"<html" in narrow[:2000].lower() else "xml")
    if not narrow.strip():
        raise FileRefused("no_rows")
    if not wide and _control_share(head) > BINARY_SHARE:
        raise FileRefused("binary")
    return _json_or_csv(narrow, suffix)


def _json_or_csv(text: bytes, suffix: str) -> Kind:
    first = text.lstrip()
    if first.startswith(b"[") and suffix in (".json", ".jsonl", ".ndjson"):
        raise FileRefused("json_array")
    if not first.startswith(b"{"):
        if suffix in (".jsonl", ".ndjson"):
            return Kind.JSONL
        return Kind.CSV
    line = first.splitlines()[0].strip()
    try:
        if isinstance(json.loads(line), dict):
            return Kind.JSONL
    except (ValueError, RecursionError):
        if suffix == ".json" or line in (b"{", b"{}"):
            raise FileRefused("json_object") from None
    return Kind.JSONL if suffix in (".jsonl", ".ndjson") else Kind.CSV


def looks_wide(head: bytes) -> bool:
    """Whether these bytes are UTF-16 or UTF-32 without a mark: NULs at regular places."""
    return wide_encoding(head) is not None


def wide_encoding(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 encoding whose NULs these bytes show, if they do."""
    sample = head[: len(head) // 4 * 4][:4096]
    if len(sample) < 8:
        return None
    quarter = len(sample) // 4
    nulls = [sample[place::4].count(0) / quarter for place in range(4)]
    often, never = 0.6, 0.2
    if nulls[1] > often and nulls[2] > often and nulls[3] > often and nulls[0] < never:
        return "utf-32-le"
    if nulls[0] > often and nulls[1] > often and nulls[2] > often and nulls[3] < never:
        return "utf-32-be"
    if nulls[1] > often and nulls[3] > often and nulls[0] < never and nulls[2] < never:
        return "utf-16-le"
    if nulls[0] > often and nulls[2] > often and nulls[1] < never and nulls[3] < never:
        return "utf-16-be"
    return None


def _control_share(head: bytes) -> float:
    return (len(head) - len(head.translate(None, CONTROLS))) / len(head)
