"""Files hold what is known of people: they go when their time is over, and when nothing refers to them."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.jobs.public import Cancelled, prepare, run_here
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer import exporting
from klantbeeld.platform.transfer.models import Export, Import
from klantbeeld.platform.transfer.public import remove_expired_files
from klantbeeld.platform.transfer.tests.test_export import write
from klantbeeld.platform.transfer.tests.test_import import FILE
from klantbeeld.platform.transfer.uploading import receive

REFUSED = FILE + "K3;Jan;no address;;1234 AB;Ede;\n"


def grow_old(days):
    Import.objects.update(created_at=timezone.now() - timedelta(days=days))


def names(files):
    return sorted(each.relative_to(files).as_posix() for each in files.rglob("*") if each.is_file())


@pytest.mark.parametrize("problem", [Cancelled, ZeroDivisionError])
def test_an_export_that_ends_early_leaves_no_file(cast, bring_in, files, monkeypatch, problem):
    bring_in(cast.alice, "customers", FILE)
    before = names(files)

    def breaking(path, headers, rows):
        path.write_text("Marieke")
        raise problem

    monkeypatch.setitem(exporting._WRITERS, "csv", breaking)
    export = exporting._prepared(cast.alice, registry.get("customers"), "csv", None, (), "")
    export.job = prepare(cast.alice, "export", "x", {"export": str(export.id)})
    export.save()
    run_here(export.job)
    assert names(files) == before


def test_the_file_of_an_import_goes_when_it_has_been_imported_and_refused_rows_after_their_time(cast, bring_in, files):
    imported = bring_in(cast.alice, "customers", REFUSED)
    remove_expired_files()
    assert names(files) == [f"refused/{imported.id}.csv"]
    page = cast.client("alice").get(f"/import/{imported.id}/").content.decode()
    assert "14 days" in page
    grow_old(15)
    remove_expired_files()
    assert names(files) == []
    imported.refresh_from_db()
    assert (imported.file, imported.refused_file, imported.profile) == ("", "", {})
    assert "no address" not in str(imported.report)
    assert imported.report["refused"] == 1
    page = cast.client("alice").get(f"/import/{imported.id}/").content.decode()
    assert f"/import/{imported.id}/refused" not in page
    assert cast.client("alice").get(f"/import/{imported.id}/refused").status_code == 404


def test_a_file_that_was_never_imported_goes_after_its_time_and_the_page_says_so(cast, files):
    imported = receive(cast.alice, registry.get("customers"), ContentFile(FILE.encode()), "a.csv")
    grow_old(13)
    remove_expired_files()
    assert names(files) == [imported.file]
    grow_old(15)
    remove_expired_files()
    assert names(files) == []
    for ask in (cast.client("alice").get, cast.client("alice").post):
        answer = ask(f"/import/{imported.id}/setup")
        assert answer.status_code == 410
        assert "Send it again" in answer.content.decode()


@pytest.mark.parametrize("state", ["waiting", "running"])
def test_a_file_that_is_being_imported_stays(cast, bring_in, files, state):
    imported = bring_in(cast.alice, "customers", FILE)
    Job.objects.update(state=state)
    grow_old(100)
    remove_expired_files()
    assert names(files) == [imported.file]


def test_an_import_whose_file_is_gone_does_not_go_on(cast, bring_in, files):
    imported = bring_in(cast.alice, "customers", FILE)
    Job.objects.update(state="failed")
    grow_old(15)
    remove_expired_files()
    client = cast.client("alice")
    assert "/go-on" not in client.get(f"/import/{imported.id}/").content.decode()
    assert client.post(f"/import/{imported.id}/go-on").status_code == 404


def test_files_that_nothing_refers_to_go_after_a_day(cast, bring_in, files):
    imported = receive(cast.alice, registry.get("customers"), ContentFile(REFUSED.encode()), "a.csv")
    done = bring_in(cast.alice, "customers", REFUSED)
    export = write(cast.alice, "customers")
    orphans = [
        default_storage.save(f"{folder}/lost.csv", ContentFile(b"x")) for folder in ("imports", "exports", "refused")
    ]
    fresh = default_storage.save("imports/just-coming-in.csv", ContentFile(b"x"))
    old = time.time() - 2 * 86400
    for name in [*names(files)]:
        if name != fresh:
            os.utime(files / name, (old, old))
    remove_expired_files()
    assert not set(orphans) & set(names(files))
    assert set(names(files)) == {imported.file, f"refused/{done.id}.csv", export.file, fresh}


def test_the_file_of_an_export_goes_after_its_time(cast, bring_in, files):
    bring_in(cast.alice, "customers", FILE)
    export = write(cast.alice, "customers")
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    remove_expired_files()
    assert export.file not in names(files)
