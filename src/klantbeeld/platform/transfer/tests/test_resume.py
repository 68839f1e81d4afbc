"""Imports that are cut off go on where they were: exactly the right rows, once."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from conftest import make_cast
from django.core.files.base import File

from klantbeeld.platform.embedded.public import Cluster, Tuning
from klantbeeld.platform.jobs.public import run_here
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.public import run
from klantbeeld.platform.transfer.uploading import receive

ROWS = 30_000
PATIENCE = 240.0


@pytest.fixture
def customers(tmp_path):
    """A file of customers of which every thousandth can't be taken."""
    path = tmp_path / "customers.csv"
    with path.open("w") as file:
        file.write("customer number,name,city,date of birth\n")
        for number in range(1, ROWS + 1):
            born = "never" if number % 1000 == 0 else "1980-01-01"
            file.write(f"K{number},Jan de Boer,Utrecht,{born}\n")
    return path


def environment(url, files):
    paths = os.pathsep.join(path for path in sys.path if path)
    return os.environ | {
        "DATABASE_URL": url,
        "KLANTBEELD_DATA": str(files),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "PYTHONPATH": paths,
    }


def wait_for(found):
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_that_is_killed_loses_and_doubles_nothing(committing_db, customers, files, tmp_path, settings):
    (tmp_path / "files").mkdir()
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "files"
    owner = settings.DATABASES["owner"]
    url = f"postgresql://{owner['USER']}:{owner['PASSWORD']}@{owner['HOST']}:{owner['PORT']}/{owner['NAME']}"
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        with customers.open("rb") as file:
            imported = receive(cast.alice, registry.get("customers"), File(file), "customers.csv")
        imported.save()
        job = run(cast.alice, imported)
        worker = subprocess.Popen([sys.executable, "-m", "django", "worker"], env=environment(url, tmp_path))
        try:

            def begun():
                job.refresh_from_db()
                return job.done

            wait_for(begun)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        job.refresh_from_db()
        assert 0 < job.done < ROWS
        assert job.state == "running"
        run_here(job)
        finished = Import.objects.select_related("job").get(id=imported.id)
        model = registry.get("customers").model
        assert finished.job.state == "done"
        assert (finished.report["created"], finished.report["refused"]) == (ROWS - ROWS // 1000, ROWS // 1000)
        assert model.objects.count() == ROWS - ROWS // 1000
        assert model.objects.values("external_id").distinct().count() == ROWS - ROWS // 1000
        refused = (tmp_path / "files" / finished.refused_file).read_text().splitlines()
        assert len(refused) == 1 + ROWS // 1000


def test_a_database_that_is_killed_loses_and_doubles_nothing(customers, tmp_path):
    folder = Path(tempfile.mkdtemp(prefix="klantbeeld-crash-"))
    folder.chmod(0o711)
    cluster = Cluster(folder / "database", Tuning(shared_buffers_mb=32), folder / "shared")
    cluster.choose_access()
    try:
        with cluster.running() as access:
            cluster.create_database("crash")
            env = environment(access.url("crash"), tmp_path)
            subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, check=True)
            command = [sys.executable, "-m", "klantbeeld.platform.transfer.tests.importer_process", str(customers)]
            importer = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
            with psycopg.connect(access.url("crash"), autocommit=True) as watching:
                wait_for(lambda: watching.execute("SELECT max(done) FROM jobs_job").fetchone()[0])
            os.kill(int((Path(access.place) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        with cluster.running() as access:
            said, _nothing = importer.communicate(timeout=PATIENCE)
            assert said.split() == ["done", str(ROWS - ROWS // 1000), str(ROWS // 1000)]
            with psycopg.connect(access.url("crash")) as looking:
                query = "SELECT count(*), count(DISTINCT external_id) FROM customers_customer"
                assert looking.execute(query).fetchone() == (ROWS - ROWS // 1000,) * 2
                assert looking.execute("SELECT count(*) FROM customers_identifier").fetchone() == (29_970,)
    finally:
        importer.kill()
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)
