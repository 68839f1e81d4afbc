from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from klantbeeld.platform.transfer.reading import Dialect, Escape, FileRefused, Row, limits, read
from klantbeeld.platform.transfer.reading import text_lines as lines_module
from klantbeeld.platform.transfer.tests.reading.conftest import Write


def rows(path: Path, dialect: Dialect | None = None) -> list[Row]:
    return list(read(path, dialect or Dialect()))


def test_rows_carry_the_line_they_start_at(write: Write) -> None:
    path = write('a,b\n1,"two\nlines"\n\n3,4\n')
    assert rows(path) == [Row(2, ["1", "two\nlines"]), Row(5, ["3", "4"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_works_also_without_the_last_one(write: Write, end: str) -> None:
    assert rows(write(f"a,b{end}1,2{end}3,4")) == [Row(2, ["1", "2"]), Row(3, ["3", "4"])]


def test_mixed_line_ends_are_all_line_ends(write: Write) -> None:
    assert [row.cells for row in rows(write("a,b\r1,2\r\n3,4\n5,6"))] == [["1", "2"], ["3", "4"], ["5", "6"]]


def test_a_short_and_a_long_row_are_problems_and_the_others_are_read(write: Write) -> None:
    short, long, good = rows(write("a,b,c\n1,2\n1,2,3,4\n1,2,3\n"))
    assert short.problem == "The row has 2 cells, the table has 3 columns."
    assert long.problem == "The row has 4 cells, the table has 3 columns."
    assert good == Row(4, ["1", "2", "3"])


def test_empty_cells_beyond_the_header_are_no_problem(write: Write) -> None:
    assert rows(write("a,b\n1,2,,\n")) == [Row(2, ["1", "2"])]


def test_an_unclosed_quote_names_its_line_and_the_rows_below_are_read(write: Write) -> None:
    path = write('a,b\n1,2\n3,"four\n' + "".join(f"{number},x\n" for number in range(5000)))
    first, broken, *others = rows(path)
    assert (first.problem, broken.number) == (None, 3)
    assert broken.problem == "A quote opens at line 3 and is never closed."
    assert broken.cells == ["3", '"four']
    assert len(others) == 5000
    assert others[-1] == Row(5003, ["4999", "x"])


def test_a_quote_that_opens_on_the_second_line_of_a_record_is_found_there(write: Write) -> None:
    broken = rows(write('a,b,c\n1,"one\ntwo","three\n4,5,6\n'))[0]
    assert broken.problem == "A quote opens at line 3 and is never closed."


def test_rows_between_two_stray_quotes_are_not_swallowed(write: Write) -> None:
    found = rows(write('a,b\n1,"x\n2,y\n3,z\n4,"w" w\n5,v\n'))
    assert [(row.number, row.problem is None) for row in found] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
        (6, True),
    ]


def test_text_after_a_closing_quote_is_a_problem_and_keeps_the_cells(write: Write) -> None:
    bad, good = rows(write('a,b\n"x"y,2\n3,4\n'))
    assert bad.problem is not None
    assert bad.problem.startswith("There is text after a closing quote.")
    assert bad.cells == ['"x"y', "2"]
    assert good == Row(3, ["3", "4"])


def test_quotes_inside_an_unquoted_cell_are_text(write: Write) -> None:
    assert rows(write('a,b\n5" pipe,the "best"\n'))[0].cells == ['5" pipe', 'the "best"']


def test_nul_is_a_problem_of_its_row_only(write: Write) -> None:
    bad, good = rows(write(b"a,b\n1,x\0y\n3,4\n"))
    assert bad == Row(2, ["1", "x\u2400y"], "The row holds NUL characters, which text can't have.")
    assert good == Row(3, ["3", "4"])


def test_bytes_that_are_not_utf_8_are_a_problem_of_their_row_only(write: Write) -> None:
    bad, good = rows(write(b"a,b\n1,Jos\xe9\n2,Jos\xc3\xa9\n"))
    assert bad == Row(2, ["1", "Jos\ufffd"], "The row holds bytes that are not valid utf-8.")
    assert good == Row(3, ["2", "José"])


def test_a_byte_order_mark_in_front_is_no_part_of_the_first_name(write: Write) -> None:
    assert read(write(b"\xef\xbb\xbfid,b\n1,2\n"), Dialect(encoding="utf-8")).columns == ["id", "b"]


def test_a_byte_order_mark_in_the_middle_is_a_problem(write: Write) -> None:
    found = rows(write(b"id,b\n1,2\n\xef\xbb\xbfid,b\n3,4\n"))
    assert [row.problem is None for row in found] == [True, False, True]


def test_a_cell_that_is_too_long_is_a_problem_of_its_row_only(write: Write) -> None:
    bad, good = rows(write("a,b\n1," + "x" * (limits.CELL_CHARACTERS + 1) + "\n3,4\n"))
    assert bad.problem == "A cell is longer than 131072 characters."
    assert good == Row(3, ["3", "4"])


def test_a_line_without_end_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", 300_000)
    with pytest.raises(FileRefused) as refused:
        rows(write("a,b\n" + "x," * 400_000))
    assert refused.value.reason == "line_too_long"


def test_a_table_that_is_far_too_wide_is_refused(write: Write) -> None:
    with pytest.raises(FileRefused, match="Line 1 has 2001 columns; at most 2000"):
        read(write("a," * limits.COLUMNS + "a\n"), Dialect())


def test_a_header_below_the_end_is_refused(write: Write) -> None:
    with pytest.raises(FileRefused, match="no line 11"):
        read(write("a,b\n1,2\n"), Dialect(skip=10))


def test_titles_above_the_header_are_skipped_and_lines_keep_their_numbers(write: Write) -> None:
    found = read(write("Export of\n\nname,age\nBob,3\n"), Dialect(skip=2))
    assert (found.columns, list(found)) == (["name", "age"], [Row(4, ["Bob", "3"])])


def test_empty_and_repeated_names_are_told_apart(write: Write) -> None:
    found = read(write("name,,name, name \n1,2,3,4\n"), Dialect())
    assert found.columns == ["name", "Column 2", "name (2)", "name (3)"]


def test_without_a_header_the_usual_width_counts(write: Write) -> None:
    found = read(write("1,2\n3,4,5\n6,7\n"), Dialect(header=False))
    assert found.columns == ["Column 1", "Column 2"]
    assert [row.problem is None for row in found] == [True, False, True]


def test_names_given_by_hand_replace_those_of_the_file(write: Write) -> None:
    found = read(write("a,b\n1,2\n"), Dialect(columns=("id",)))
    assert (found.columns, next(found)) == (["id", "b"], Row(2, ["1", "2"]))


def test_a_file_of_one_column_keeps_its_commas(write: Write) -> None:
    assert rows(write("name\nJansen, Piet\n"), Dialect(delimiter="")) == [Row(2, ["Jansen, Piet"])]


def test_backslash_n_is_empty_and_not_the_letter(write: Write) -> None:
    found = rows(write('a,b,c\n\\N,"say \\"hi\\"",\\N\nNo\\No,x,y\n'), Dialect(escape=Escape.BACKSLASH))
    assert found[0].cells == ["", 'say "hi"', ""]


def test_quotes_after_a_space_count_when_spaces_are_skipped(write: Write) -> None:
    assert rows(write('a, b\n1, "2, 3"\n'), Dialect(skip_space=True))[0].cells == ["1", "2, 3"]


def test_a_wrong_encoding_makes_problems_and_no_crash(write: Write) -> None:
    found = rows(write("a,b\n1,é\n" * 3), Dialect(encoding="ascii"))
    assert [row.problem is None for row in found] == [False, True, False, True, False]


def test_records_that_cross_the_blocks_stay_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCK_CHARACTERS", 7)
    text = "a,b\n" + "".join(f'{number},"x\r\ny, ""z"""\r\n' for number in range(50))
    assert rows(write(text)) == [Row(2 + 2 * n, [str(n), 'x\r\ny, "z"']) for n in range(50)]


def test_a_large_file_is_held_one_block_at_a_time(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = 0
    original = lines_module._read

    def counted(file: object, encoding: str) -> str:
        nonlocal blocks
        blocks += 1
        return original(file, encoding)  # type: ignore[arg-type]

    monkeypatch.setattr(lines_module, "_read", counted)
    found: Iterator[Row] = iter(read(write("a,b\n" + "1,2\n" * 500_000), Dialect()))
    assert len(list(islice(found, 10))) == 10
    assert blocks == 1
