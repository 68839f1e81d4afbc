"""Which encoding a text file is in: marks first, then valid UTF-8, then what its letters make the most sense in."""

import codecs
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import charset_normalizer

from klantbeeld.platform.transfer.reading import limits
from klantbeeld.platform.transfer.reading.file_kind import wide_encoding
from klantbeeld.platform.transfer.reading.source import Guess
from klantbeeld.platform.transfer.reading.text_lines import MARK_UNDECODABLE, UNDECODABLE

MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = ("cp1252", "iso-8859-15", "mac_roman", "latin-1")
ASIAN = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
OTHER = ("cp1250", "cp1251", "cp1253", "cp1254", "iso8859_5", "koi8_r", "cp437", "cp850")

COMMON = set("éèëêïíìîöóòôüúùûäáàâåæøçñßãõÉÈËÊÏÍÖÓÔÜÚÄÁÀÂÅÆØÇÑœŒ")
TYPOGRAPHIC = set("€£’‘“”„–—…•«»°²½§ºª¿¡\u00a0©®™´`·")
SENSE_ENOUGH = 0.45
FOREIGN_BYTES, FOREIGN_SHARE = 12, 0.3
"""Bytes above ASCII, and their share of all letters, from which on a text is probably not in a Western language."""
DETECT_BYTES = 48 * 1024
BAD_SHARE = 0.002
"""Bytes that don't fit in otherwise valid UTF-8: below this share it is UTF-8 with damage, above it something else."""


@dataclass(frozen=True)
class Scan:
    """Facts about the whole file (or its first `limits.ENCODING_SCAN_BYTES`)."""

    has_high_bytes: bool
    bad_utf8: int
    high_bytes: int
    line_ends: int
    ends_with_line_end: bool


def scan(path: Path) -> Scan:
    """Counts lines and checks for UTF-8 in one pass with flat memory."""
    decoder = codecs.getincrementaldecoder("utf-8")(MARK_UNDECODABLE)
    bad = high = newlines = returns = read = 0
    last = b""
    with path.open("rb") as file:
        while (block := file.read(limits.MEBIBYTE)) and read < limits.ENCODING_SCAN_BYTES:
            read += len(block)
            newlines += block.count(b"\n")
            returns += block.count(b"\r")
            last = block[-1:]
            if not block.isascii() or decoder.getstate()[0]:
                text = decoder.decode(block)
                bad += text.count(UNDECODABLE)
                high += len(block) - len(block.translate(None, _HIGH))
    bad += decoder.decode(b"", final=True).count(UNDECODABLE)
    return Scan(high > 0, bad, high, newlines or returns, last in (b"\n", b"\r"))


def guess_encoding(head: bytes, facts: Scan) -> Guess:
    """The encoding of a file whose first bytes are `head`."""
    for mark, name in MARKED:
        if head.startswith(mark):
            return Guess(name, 1.0)
    wide = wide_encoding(head)
    if wide is not None:
        return Guess(wide, 0.95)
    if not facts.has_high_bytes:
        return Guess("utf-8", 1.0)
    if facts.bad_utf8 == 0:
        return Guess("utf-8", 0.99, ("cp1252",))
    if facts.bad_utf8 < facts.high_bytes * BAD_SHARE:
        return Guess("utf-8", 0.9, WESTERN)
    return _guess_by_letters(_lines_with_letters(head))


def _lines_with_letters(head: bytes) -> bytes:
    """Whole lines that hold bytes above ASCII, as far as the detector needs them."""
    lines = head.splitlines(keepends=True)
    if len(lines) > 1:
        lines = lines[:-1]
    sample = b"".join(line for line in lines if not line.isascii())
    if len(sample) > DETECT_BYTES:
        sample = sample[: sample.rfind(b"\n", 0, DETECT_BYTES) + 1] or sample[:DETECT_BYTES]
    return sample


def _guess_by_letters(sample: bytes) -> Guess:
    if not sample:
        return Guess("cp1252", 0.5, WESTERN[1:])
    high = len(sample) - len(sample.translate(None, _HIGH))
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    if high > FOREIGN_BYTES and high > FOREIGN_SHARE * (high + letters):
        found = charset_normalizer.from_bytes(sample, cp_isolation=[*ASIAN, *OTHER, "cp1252"]).best()
        if found is not None:
            return Guess(found.encoding, round(max(0.5, 0.9 - found.chaos), 2), WESTERN)
    senses = {name: _sense(sample, name) for name in WESTERN}
    best = max(WESTERN, key=lambda name: senses[name])
    others = tuple(sorted((name for name in WESTERN if name != best), key=lambda name: -senses[name]))
    margin = senses[best] - senses[others[0]]
    same = sample.decode(best, "replace") == sample.decode(others[0], "replace")
    if senses[best] < SENSE_ENOUGH:
        return Guess(best, 0.4, others)
    return Guess(best, 0.9 if same or margin > 0.1 else 0.7, others)


def _sense(sample: bytes, encoding: str) -> float:
    """How much the letters above ASCII look like Western text: 1 for all good, below 0 for nonsense."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    counts = Counter(sign for sign in text if sign > "\x7f")
    total = counts.total()
    points = sum(count * _points(sign) for sign, count in counts.items())
    return points / total if total else 0.0


def _points(sign: str) -> float:
    if sign in COMMON:
        return 1.0
    if sign in TYPOGRAPHIC:
        return 0.6
    return -1.0 if sign < "\xa0" else -0.3


_HIGH = bytes(range(128, 256))
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
