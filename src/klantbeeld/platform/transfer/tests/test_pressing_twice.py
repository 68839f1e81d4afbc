"""Buttons that are pressed twice at once, and work that is taken up again."""

import threading
from contextlib import suppress

import pytest
from conftest import make_cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from klantbeeld.platform.jobs.models import Job
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer import public
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.tests.test_import import CUSTOMERS, FILE
from klantbeeld.platform.transfer.tests.test_screens import mapping, uploaded, work  # noqa: F401 - a fixture


def at_once(monkeypatch, name, press):
    """Press twice so that, if nothing is in between, both reach `public.<name>` before either has started anything."""
    meeting, original = threading.Barrier(2, timeout=1.5), getattr(public, name)

    def met(*given):
        with suppress(threading.BrokenBarrierError):
            meeting.wait()
        return original(*given)

    def pressing():
        try:
            answers.append(press().status_code)
        finally:
            connections.close_all()

    answers: list[int] = []
    monkeypatch.setattr(public, name, met)
    both = [threading.Thread(target=pressing) for _each in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    return answers


@pytest.mark.parametrize(("action", "started"), [("run", "import"), ("check", "check")])
def test_an_import_that_is_sent_twice_starts_once(committing_db, files, monkeypatch, action, started):
    cast = make_cast()
    client = cast.client("alice")
    client.post("/import/new", {"type": "customers", "file": SimpleUploadedFile("a.csv", FILE.encode())})
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "test")):
        imported = Import.objects.get()
        fields = mapping(imported, action=action)
        answers = at_once(
            monkeypatch, action, lambda: cast.client("alice").post(f"/import/{imported.id}/setup", fields)
        )
        assert set(answers) <= {302, 200}
        assert list(Job.objects.values_list("kind", flat=True)) == [started]


def test_an_import_is_undone_once(committing_db, files, monkeypatch):
    cast = make_cast()
    client = cast.client("alice")
    client.post("/import/new", {"type": "customers", "file": SimpleUploadedFile("a.csv", FILE.encode())})
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "test")):
        imported = Import.objects.get()
        client.post(f"/import/{imported.id}/setup", mapping(imported))
        imported.refresh_from_db()
        work(imported.job)
        at_once(monkeypatch, "undo", lambda: cast.client("alice").post(f"/import/{imported.id}/undo"))
        assert Job.objects.filter(kind="undo").count() == 1


@pytest.mark.parametrize("ended", ["failed", "cancelled"])
def test_an_undo_that_broke_off_or_was_stopped_can_be_asked_for_again(uploaded, ended):  # noqa: F811
    client, imported = uploaded
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    imported.refresh_from_db()
    work(imported.job)
    client.post(f"/import/{imported.id}/undo")
    imported.refresh_from_db()
    Job.objects.filter(id=imported.undo_job_id).update(state=ended)
    assert f"/import/{imported.id}/undo" in client.get(f"/import/{imported.id}/").content.decode()
    client.post(f"/import/{imported.id}/undo")
    imported.refresh_from_db()
    work(imported.undo_job)
    assert not CUSTOMERS.objects.exists()


@pytest.mark.parametrize("ended", ["failed", "cancelled"])
def test_an_import_that_broke_off_or_was_stopped_goes_on_at_the_press_of_a_button(uploaded, ended):  # noqa: F811
    client, imported = uploaded
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    imported.refresh_from_db()
    checkpoint = {"consumed": 1, "refused": 0, "report": {"created": 1, "changed": 0, "left": 0, "refused": 0}}
    Job.objects.filter(id=imported.job_id).update(state=ended, error="Something.", checkpoint=checkpoint, done=1)
    page = client.get(f"/import/{imported.id}/").content.decode()
    assert f"/import/{imported.id}/go-on" in page
    assert "send the file again" not in page
    client.post(f"/import/{imported.id}/go-on")
    imported.refresh_from_db()
    work(imported.job)
    imported.refresh_from_db()
    assert imported.report["created"] == 2
    assert [each.external_id for each in CUSTOMERS.objects.all()] == ["K2"]  # the first row was said to be done
    assert client.post(f"/import/{imported.id}/go-on").status_code == 404


def test_an_import_that_was_undone_does_not_go_on(uploaded):  # noqa: F811
    client, imported = uploaded
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    imported.refresh_from_db()
    Job.objects.filter(id=imported.job_id).update(state="failed")
    client.post(f"/import/{imported.id}/undo")
    assert f"/import/{imported.id}/go-on" not in client.get(f"/import/{imported.id}/").content.decode()
    assert client.post(f"/import/{imported.id}/go-on").status_code == 404
