"""What strangers send costs us little: bounds on looking at files, on how many wait, and on how long a page may ask."""

import pytest
import xlsxwriter
from conftest import make_cast
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer import uploading
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.reading import limits, workbooks
from klantbeeld.platform.transfer.tests.test_import import FILE
from klantbeeld.platform.transfer.tests.test_screens import mapping
from klantbeeld.platform.transfer.uploading import receive


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "klanten.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([("klantnummer", "naam"), ("K1", "Marieke"), ("K2", "Els")]):
            sheet.write_row(row, 0, cells)
    return path


def test_looking_at_a_workbook_has_less_than_importing_it(cast, workbook, monkeypatch):
    given = []
    popen = workbooks.subprocess.Popen

    def noted(command, **options):
        given.append([int(each) for each in command[-2:]])
        return popen(command, **options)

    monkeypatch.setattr(workbooks.subprocess, "Popen", noted)
    receive(cast.alice, registry.get("customers"), ContentFile(workbook.read_bytes()), "klanten.xlsx")
    assert len(given) == 2
    assert set(map(tuple, given)) == {(limits.IN_REQUEST.memory, limits.IN_REQUEST.seconds)}
    assert limits.IN_REQUEST.memory < limits.AT_WORK.memory
    assert limits.IN_REQUEST.seconds < limits.AT_WORK.seconds


def test_the_page_that_sets_up_an_import_does_not_open_the_file_again(cast, workbook, monkeypatch):
    client = cast.client("alice")
    file = SimpleUploadedFile("klanten.xlsx", workbook.read_bytes())
    client.post("/import/new", {"type": "customers", "file": file})
    imported = Import.objects.get()

    def opened(*_given, **_options):
        raise AssertionError("The workbook was opened.")

    monkeypatch.setattr(workbooks.subprocess, "Popen", opened)
    page = client.get(f"/import/{imported.id}/setup").content.decode()
    assert "Marieke" in page
    client.post(f"/import/{imported.id}/setup", mapping(imported, action="map", **{"field-1": "city"}))
    assert "Marieke" in client.get(f"/import/{imported.id}/setup").content.decode()


def test_one_organisation_has_one_file_looked_at_at_a_time(committing_db, files, monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(uploading, "PATIENCE_SECONDS", 0.3)
    other = connections.create_connection("default")
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "test")):
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"klantbeeld job look {cast.tenant.id}"]
            )
        with pytest.raises(Refused, match="another file"):
            receive(cast.alice, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")
        assert not list(files.rglob("*.csv"))
        other.close()
        receive(cast.alice, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")


def test_files_that_wait_have_a_limit_and_those_that_were_imported_do_not_count(cast, bring_in, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_WAITING", 2 * len(FILE.encode()) + 10)
    bring_in(cast.alice, "customers", FILE)
    for _each in range(2):
        receive(cast.alice, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")
    with pytest.raises(Refused, match="wait"):
        receive(cast.alice, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")
    assert Import.objects.exclude(file="").count() == 2
    assert Job.objects.count() == 1
    # Another organisation has room of its own.
    with entered(Scope(cast.other_tenant.id, cast.dave.member_id, "test")):
        receive(cast.dave, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")
