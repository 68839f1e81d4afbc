import json
import secrets
from pathlib import Path

import psycopg
import pytest

from klantbeeld.platform.embedded.public import Cluster
from klantbeeld.site.cli.database_checks import check_database
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.diagnosis import Finding, Level
from klantbeeld.site.cli.machine_checks import check_machine

_TABLES = """
    CREATE TABLE events_outbox (due_at timestamptz NOT NULL, failed_at timestamptz);
    CREATE TABLE procrastinate_jobs (id bigint, status text);
    CREATE TABLE procrastinate_events (job_id bigint, at timestamptz);
"""


def by_subject(findings: object) -> dict[str, Finding]:
    return {finding.about: finding for finding in findings}  # type: ignore[attr-defined]


@pytest.fixture
def tables(database: str) -> psycopg.Connection:
    connection = psycopg.connect(database, autocommit=True)
    connection.execute(_TABLES)
    return connection


def test_a_server_that_is_not_there_is_bad_and_the_rest_is_not_asked(server: Cluster) -> None:
    nowhere = server.access.url("postgres").replace(f":{server.access.port}/", ":1/")
    (only,) = check_database(nowhere)
    assert only.level is Level.BAD
    assert "can't be reached" in only.found
    assert server.access.password not in only.line()


def test_a_quiet_database_is_in_order(database: str, tables: psycopg.Connection) -> None:
    found = by_subject(check_database(database))
    assert {about: found[about].level for about in ("database", "jobs", "stuck jobs", "events")} == {
        "database": Level.OK,
        "jobs": Level.OK,
        "stuck jobs": Level.OK,
        "events": Level.OK,
    }


def test_an_application_role_that_sees_everything_is_bad(
    database: str, tables: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = f"app_{secrets.token_hex(4)}"
    monkeypatch.setattr("klantbeeld.site.cli.database_checks.APPLICATION_ROLE", role)
    tables.execute(f"CREATE ROLE {role} NOLOGIN BYPASSRLS")
    assert by_subject(check_database(database))["role"].level is Level.BAD
    tables.execute(f"ALTER ROLE {role} NOBYPASSRLS")
    assert by_subject(check_database(database))["role"].level is Level.OK


def test_events_that_wait_too_long_are_bad(database: str, tables: psycopg.Connection) -> None:
    tables.execute("INSERT INTO events_outbox VALUES (now() + interval '1 hour'), (now() - interval '10 minutes')")
    found = by_subject(check_database(database))["events"]
    assert found.level is Level.BAD
    assert found.found.startswith("1 due, the oldest for 600 s")


def test_failed_and_stuck_jobs_are_counted(database: str, tables: psycopg.Connection) -> None:
    tables.execute("INSERT INTO procrastinate_jobs VALUES (1, 'failed'), (2, 'todo'), (3, 'doing'), (4, 'doing')")
    tables.execute("INSERT INTO procrastinate_events VALUES (3, now() - interval '2 hours'), (4, now())")
    found = by_subject(check_database(database))
    assert found["jobs"].found == "1 waiting, 1 failed"
    assert found["stuck jobs"].found.startswith("1 jobs")
    assert {found["jobs"].level, found["stuck jobs"].level} == {Level.WARN}


def test_private_files_that_others_can_read_are_bad(data: DataFolder) -> None:
    data.secret_key()
    assert by_subject(check_machine(data))["data"].level is Level.OK
    (data.path / "secret-key").chmod(0o644)
    found = by_subject(check_machine(data))["data"]
    assert found.level is Level.BAD
    assert f"'{data.path / 'secret-key'}'" in found.mend


def test_a_full_disk_is_bad(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 100 * 1024**2

    monkeypatch.setattr("klantbeeld.site.cli.machine_checks.shutil.disk_usage", lambda _folder: Usage)
    assert by_subject(check_machine(data))["disk"].level is Level.BAD


def test_doctor_exits_with_1_when_something_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from klantbeeld.site.cli.__main__ import main

    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["doctor", "--json", "--data", str(tmp_path / "new")]) == 0
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    assert main(["doctor", "--json", "--data", str(tmp_path / "new")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [item["about"] for item in json.loads(said[-1]) if item["level"] == "bad"] == ["database"]
