import pytest

from klantbeeld.platform.transfer.reading import Dialect, Kind, Row, read, sniff
from klantbeeld.platform.transfer.tests.reading.conftest import Write

JSONL = Dialect(kind=Kind.JSONL)


def test_nested_objects_get_dotted_names_and_lists_stay_json(write: Write) -> None:
    found = read(
        write('{"id": 1, "name": {"given": "An", "of": {"x": null}}, "tags": ["a", 1.50, {"b": true}]}\n'), JSONL
    )
    assert list(found) == [Row(1, ["1", "An", "", '["a", 1.50, {"b": true}]'])]
    assert found.columns == ["id", "name.given", "name.of.x", "tags"]


def test_a_key_that_shows_up_late_is_appended(write: Write) -> None:
    found = read(write('{"a": 1}\n{"b": 2, "a": 3}\n'), JSONL)
    assert [row.cells for row in found] == [["1"], ["3", "2"]]
    assert found.columns == ["a", "b"]


def test_no_digit_is_lost(write: Write) -> None:
    found = read(write('{"id": 571234567890123456789, "x": 0.10000000000000000001, "y": 1.0, "z": 1e3}\n'), JSONL)
    assert next(found).cells == ["571234567890123456789", "0.10000000000000000001", "1.0", "1e3"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"a": 1', "This is not a JSON object: it goes wrong at character 8."),
        (b"[1, 2]", "The line holds JSON, but not an object with names and values."),
        (b'{"a": 1, "a": 2}', "The name “a” is there twice."),
        (b'{"a": {"b": 1}, "a.b": 2}', "The name “a.b” is there twice."),
        (b'{"a": NaN}', "NaN is not a number that JSON knows."),
        (b'{"a": "x\\u0000y"}', "The record holds NUL or broken characters, which text can't have."),
        (b'{"a": "\\ud800"}', "The record holds NUL or broken characters, which text can't have."),
        (b'{"a": "\xe9"}', "The row holds bytes that are not valid utf-8."),
        (b'{"a":' * 100_000, "The record is nested too deeply."),
    ],
)
def test_a_broken_line_is_a_problem_of_its_own(write: Write, line: bytes, problem: str) -> None:
    first, bad, last = read(write(b'{"a": "x"}\n' + line + b'\n{"a": "y"}\n'), JSONL)
    assert (first.cells, last.cells) == (["x"], ["y"])
    assert (bad.number, bad.problem) == (2, problem)


def test_it_is_known_by_its_first_line(write: Write) -> None:
    source = sniff(write('{"name": "Bob", "price": 1.5}\n{"name": "An", "city": "Ede"}\n'), "export.txt")
    assert source.kind is Kind.JSONL
    assert source.dialect.columns == ("name", "price", "city")
