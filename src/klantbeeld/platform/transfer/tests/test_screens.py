"""The pages of imports and exports."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klantbeeld.platform.jobs.tasks import run_job
from klantbeeld.platform.transfer.models import Export, Import
from klantbeeld.platform.transfer.tests.test_import import CUSTOMERS, FILE


def work(job):
    run_job(tenant_id=str(job.tenant_id), job_id=str(job.id))


@pytest.fixture
def uploaded(cast):
    client = cast.client("alice")
    file = SimpleUploadedFile("../../klanten.csv", FILE.encode("cp1252"))
    answer = client.post("/import/new", {"type": "customers", "file": file})
    assert answer.status_code == 302
    return client, Import.objects.get()


def mapping(imported, **changes):
    fields = {f"field-{each['index']}": each["field"] for each in imported.mapping}
    return {**fields, "key": imported.key, "mode": imported.mode, "action": "run", **changes}


def test_a_file_is_sent_looked_at_tried_imported_and_undone(cast, uploaded):
    client, imported = uploaded
    page = client.get(f"/import/{imported.id}/setup").content.decode()
    assert "Marieke van der Velden" in page
    assert "+31628419037" in page
    assert imported.file.startswith("imports/")
    assert imported.file_name == "klanten.csv"
    client.post(f"/import/{imported.id}/setup", mapping(imported, action="check"))
    imported.refresh_from_db()
    assert "Trying it without storing" in client.get(f"/import/{imported.id}/setup").content.decode()
    work(imported.check_job)
    assert not CUSTOMERS.objects.exists()
    tried = client.get(f"/import/{imported.id}/setup").content.decode()
    assert "2 new, 0 changed, 0 left as they are, 0 refused" in tried
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    imported.refresh_from_db()
    progress = client.get(f"/import/{imported.id}/progress")
    assert b"every 1s" in progress.content
    work(imported.job)
    assert client.get(f"/import/{imported.id}/progress")["HX-Refresh"] == "true"
    assert CUSTOMERS.objects.count() == 2
    assert "What it came to" in client.get(f"/import/{imported.id}/").content.decode()
    client.post(f"/import/{imported.id}/undo")
    imported.refresh_from_db()
    work(imported.undo_job)
    assert "2 deleted" in client.get(f"/import/{imported.id}/").content.decode()
    assert "klanten.csv" in client.get("/import/").content.decode()


def test_how_the_file_is_written_can_be_corrected(uploaded):
    client, imported = uploaded
    look = {"action": "look", "delimiter": ",", "encoding": "cp1252", "decimal": "comma", "date": "dmy", "skip": "0"}
    client.post(f"/import/{imported.id}/setup", look)
    imported.refresh_from_db()
    assert (len(imported.headers), imported.dialect["header"]) == (1, False)
    bad = client.post(f"/import/{imported.id}/setup", {**look, "encoding": "nonsense"})
    assert bad.status_code == 422
    assert "nonsense" in bad.content.decode()


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"field-0": "nonsense"}, "There is no such field"),
        ({"field-0": "name"}, "Two columns go into the same field"),
        ({"key": "email", "field-2": ""}, "Choose a column for the field by which records are recognised"),
        ({"mode": "destroy"}, "Choose what the import may do"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_words(uploaded, changes, text):
    client, imported = uploaded
    answer = client.post(f"/import/{imported.id}/setup", mapping(imported, **changes))
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_a_file_that_is_none_is_refused_and_not_kept(cast, files):
    client = cast.client("alice")
    answer = client.post("/import/new", {"type": "customers", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%abc")})
    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not list((files / "imports").iterdir())


def test_a_waiting_import_can_be_stopped(uploaded):
    client, imported = uploaded
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    client.post(f"/import/{imported.id}/cancel")
    imported.refresh_from_db()
    work(imported.job)
    imported.job.refresh_from_db()
    assert (imported.job.state, CUSTOMERS.objects.count()) == ("cancelled", 0)


@pytest.mark.parametrize("who", ["bob", "dave", "eve"])
def test_somebody_elses_import_is_not_there(cast, uploaded, who):
    _client, imported = uploaded
    for part in ("", "setup", "progress", "refused"):
        assert cast.client(who).get(f"/import/{imported.id}/{part}").status_code in (403, 404)


def test_the_empty_pages_say_what_to_do(cast):
    assert "Import a file" in cast.client("alice").get("/import/").content.decode()
    assert "Open a list" in cast.client("alice").get("/export/").content.decode()


def test_a_list_is_exported_watched_and_fetched(uploaded, cast):
    client, imported = uploaded
    client.post(f"/import/{imported.id}/setup", mapping(imported))
    imported.refresh_from_db()
    work(imported.job)
    where = '{"all": [{"field": "city", "op": "is", "value": "Utrecht"}]}'
    answer = client.post(f"/export/customers?format=csv&where={where}")
    export = Export.objects.get()
    assert answer["Location"] == f"/export/{export.id}/"
    assert "every 1s" in client.get(answer["Location"]).content.decode()
    work(export.job)
    assert "The file is ready" in client.get(answer["Location"]).content.decode()
    text = b"".join(client.get(f"/export/{export.id}/file").streaming_content).decode()
    assert "Marieke" in text
    assert "Bakker" not in text


def test_quotes_escapes_and_rare_separators_are_shown_and_can_be_corrected(cast):
    client = cast.client("alice")
    text = "nr~naam\nK1~'Jan \\'de Boer\\''\nK2~'Els'\n"
    client.post("/import/new", {"type": "customers", "file": SimpleUploadedFile("a.csv", text.encode())})
    imported = Import.objects.get()
    look = {"action": "look", "header": "on", "encoding": "utf-8", "skip": "0"}
    address = f"/import/{imported.id}/setup"
    assert client.post(address, {**look, "delimiter": "~", "quote": "'", "escape": "backslash"}).status_code == 302
    imported.refresh_from_db()
    page = client.get(address).content.decode()
    for part in ('name="delimiter" value="~"', 'name="quote" value="&#x27;"', '<option value="backslash" selected'):
        assert part in page
    assert "Jan &#x27;de Boer&#x27;" in page
    client.post(address, {**look, "delimiter": "", "quote": "", "escape": "doubled"})
    imported.refresh_from_db()
    assert (imported.dialect["delimiter"], imported.dialect["quote"], len(imported.headers)) == ("", "", 1)
    client.post(address, {**look, "delimiter": "tab", "quote": '"', "escape": "doubled"})
    imported.refresh_from_db()
    assert imported.dialect["delimiter"] == "\t"
    assert 'name="delimiter" value="tab"' in client.get(address).content.decode()
    for wrong in ({"delimiter": "~~"}, {"quote": "''"}, {"escape": "nonsense"}, {"delimiter": "'", "quote": "'"}):
        assert client.post(address, {**look, **wrong}).status_code == 422


@pytest.mark.parametrize("encoding", ["cp1250", "shift_jis", "koi8-r", "gb18030", "cp437", "iso8859-9", "utf-16-be"])
def test_many_encodings_are_offered(uploaded, encoding):
    client, imported = uploaded
    assert f"<option>{encoding}</option>" in client.get(f"/import/{imported.id}/setup").content.decode()
