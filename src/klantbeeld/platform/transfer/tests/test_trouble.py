"""Troublesome files that others published, all the way to stored rows: right, or refused with a reason."""

import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.public import prepare_here, resume_here
from klantbeeld.platform.transfer.tests.reading.conftest import *  # noqa: F403 - the fixtures with the files
from klantbeeld.platform.transfer.uploading import receive

TASKS = registry.get("tasks")


def brought_in(actor, path):
    """Every column that fits goes into a task; what was stored, and what was refused."""
    imported = receive(actor, TASKS, ContentFile(path.read_bytes()), path.name)
    for each, field in zip(imported.mapping, ["title", "note"], strict=False):
        each["field"] = field
    for each in imported.mapping[2:]:
        each["field"] = ""
    imported.key = ""
    return resume_here(prepare_here(actor, imported))


def test_every_naughty_string_is_stored_as_it_is_kept_or_refused_with_its_reason(cast, naughty, tmp_path):
    texts = [text for text in json.loads((naughty / "blns.json").read_text("utf-8")) if text.strip()]
    path = tmp_path / "naughty.jsonl"
    path.write_text("\n".join(f'{{"what": {each}}}' for each in map(json.dumps, texts)), "utf-8")
    imported = brought_in(cast.alice, path)
    assert imported.job.state == "done", imported.job.error
    stored = list(TASKS.model.objects.order_by("id").values_list("title", flat=True))
    refused = imported.report["refused"]
    assert len(stored) + refused == len(texts)
    wanted = {clean_line(text) for text in texts}
    assert {title for title in stored if title not in wanted} <= {text[1:] for text in wanted if text.startswith("'")}
    assert all(problem["text"] for problem in imported.report["problems"])


def test_every_horror_ends_as_rows_or_as_a_reason(cast, horror):
    reasons: list[str] = []
    for path in sorted(each for each in Path(horror).rglob("*") if each.is_file()):
        TASKS.model.objects.all().delete()
        try:
            imported = brought_in(cast.alice, path)
        except Refused as refused:
            reasons.append(str(refused))
            continue
        assert imported.job.state in ("done", "failed"), path.name
        assert imported.job.state == "done" or "our side" not in imported.job.error, path.name
        if imported.job.state == "done":
            assert TASKS.model.objects.count() == imported.report["created"], path.name
            assert imported.report["created"] + imported.report["refused"] == imported.rows, path.name
    assert reasons
    assert all(reasons)


@pytest.mark.parametrize(("given", "said"), [("5.7E+17", True), ("007", False)])
def test_a_number_that_excel_damaged_is_said_before_it_is_stored(cast, given, said):
    text = "klantnummer,naam\n" + "".join(f"{given},Jan {place}\n" for place in range(3))
    imported = receive(cast.alice, registry.get("customers"), ContentFile(text.encode()), "klanten.csv")
    codes = {warning["code"] for warning in imported.profile["warnings"]}
    assert ("scientific" in codes) is said


def damaged(rows, at, value, header="klantnummer,naam,telefoon"):
    """A file whose last two rows have a damaged value, too few to tell what the column holds."""
    lines = [f"{100000 + row},Jan de Boer,{300000000 + row}" for row in range(rows)]
    for number in range(2):
        cells = [str(999000 + number), "Els", f"31000000{number}"]
        lines.append(",".join([*cells[:at], value, *cells[at + 1 :]]))
    return (header + "\n" + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("value", ["5.7E+17", "5,7E+17", "5.7e+17", "#REF!", "#N/B"])
def test_a_damaged_key_is_refused_and_merges_nobody(cast, value):
    content = damaged(200, 0, f'"{value}"')
    imported = receive(cast.alice, registry.get("customers"), ContentFile(content), "klanten.csv")
    assert imported.key == "external_id"
    done = resume_here(prepare_here(cast.alice, imported))
    assert (done.report["created"], done.report["refused"]) == (200, 2)
    assert value in done.report["problems"][0]["text"]


@pytest.mark.parametrize("value", ["5.7E+17", "#WAARDE!"])
def test_a_damaged_number_is_refused_where_the_column_holds_numbers(cast, value):
    content = damaged(200, 2, f'"{value}"', "klantnummer,naam,btw-nummer")
    imported = receive(cast.alice, registry.get("customers"), ContentFile(content), "klanten.csv")
    imported.mapping[2]["field"] = "city"
    done = resume_here(prepare_here(cast.alice, imported))
    assert (done.report["created"], done.report["refused"]) == (200, 2)


@pytest.mark.parametrize("value", ["Project 5.7E+17", "1E10", "C#", "#1 in Ede", "5E12"])
def test_text_that_only_looks_a_little_like_it_is_taken(cast, value):
    text = f"klantnummer,naam\n{value},{value}\n12,Jan\n13,Els\n"
    imported = receive(cast.alice, registry.get("customers"), ContentFile(text.encode()), "klanten.csv")
    done = resume_here(prepare_here(cast.alice, imported))
    assert (done.report["created"], done.report["refused"]) == (3, 0)


def test_a_name_may_be_anything(cast):
    text = "klantnummer,naam\n" + "".join(f"{place},Jan\n" for place in range(20)) + "99,5.7E+17\n"
    imported = receive(cast.alice, registry.get("customers"), ContentFile(text.encode()), "klanten.csv")
    done = resume_here(prepare_here(cast.alice, imported))
    assert (done.report["created"], done.report["refused"]) == (21, 0)
