"""Exchanging a database, and the files that belong to it, for others that have been made ready beside them."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql

from klantbeeld.site.cli.archive import Manifest
from klantbeeld.site.cli.datafolder import DataFolder, write_private
from klantbeeld.site.cli.messages import CommandError, progress
from klantbeeld.site.cli.postgres_tools import restore
from klantbeeld.site.cli.row_counts import count_rows

APPLICATION_ROLE = "klantbeeld_app"
"""The role that the dump grants rights to; it must exist before they can be granted."""


class Replacement:
    """A new database beside the present one."""

    def __init__(self, url: str, name: str, manifest: Manifest, server_version: int) -> None:
        self.url = conninfo.make_conninfo(url, dbname=name)
        self.name = name
        self._manifest = manifest
        self._server_version = server_version

    def load(self, dump: Path) -> None:
        """Fill it from `dump`, and compare the rows of every table with the manifest.

        Raises:
            CommandError: loading failed, or rows are missing.
        """
        restore(dump, self.url, self._server_version)
        with psycopg.connect(self.url) as connection:
            found = count_rows(connection)
        for table in sorted(found.keys() | self._manifest.rows.keys()):
            expected = self._manifest.rows.get(table, 0)
            if found.get(table, 0) != expected:
                raise CommandError(
                    f"{table} has {found.get(table, 0):,} rows after loading, and {expected:,} in the backup. "
                    "Nothing was changed."
                )


@contextlib.contextmanager
def replace_database(url: str, manifest: Manifest, *, force: bool) -> Iterator[Replacement]:
    """A new database that takes the place of the one at `url` when the block ends well, and vanishes otherwise.

    Raises:
        CommandError: there are tables in the present one and `force` is not given, or the server refuses.
    """
    present = str(conninfo.conninfo_to_dict(url)["dbname"])
    fresh = f"{present}_restored_{secrets.token_hex(4)}"
    with _connected(conninfo.make_conninfo(url, dbname="postgres")) as server:
        try:
            if not force:
                _refuse_to_overwrite(url, present)
            _make(server, fresh)
        except psycopg.Error as error:
            raise CommandError(f"The server refuses to make a database to restore into: {error}") from error
        try:
            yield Replacement(url, fresh, manifest, server.info.server_version)
            progress("Exchanging the databases")
            _exchange(server, present, fresh)
        except psycopg.Error as error:
            _drop(server, fresh)
            raise CommandError(f"The backup could not take the place of the database: {error}") from error
        except BaseException:
            _drop(server, fresh)
            raise


def replace_files(data: DataFolder, files: Path, key: Path) -> None:
    """Put the unpacked `files` in the place of those in `data`, and the secret key with them."""
    files.mkdir(mode=0o700, exist_ok=True)
    replaced = data.path / "files.replaced"
    shutil.rmtree(replaced, ignore_errors=True)
    data.files.rename(replaced)
    files.rename(data.files)
    write_private(data.path / "secret-key", key.read_text(encoding="ascii"))
    shutil.rmtree(replaced)


def _refuse_to_overwrite(url: str, present: str) -> None:
    with psycopg.connect(url) as connection:
        rows = count_rows(connection)
    if rows:
        raise CommandError(
            f"The database {present} is not empty: {len(rows)} tables with {sum(rows.values()):,} rows. Nothing was "
            "changed. To replace all of it give --force; to keep it restore into another folder with --data."
        )


def _make(server: psycopg.Connection[Any], name: str) -> None:
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]).fetchone()
    if known is None:
        role = sql.Identifier(APPLICATION_ROLE)
        server.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER NOBYPASSRLS").format(role))
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))


def _exchange(server: psycopg.Connection[Any], present: str, fresh: str) -> None:
    aside = f"{present}_replaced_{secrets.token_hex(4)}"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with server.transaction():
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [present])
        server.execute(rename.format(sql.Identifier(present), sql.Identifier(aside)))
        server.execute(rename.format(sql.Identifier(fresh), sql.Identifier(present)))
    _drop(server, aside)


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    try:
        server = psycopg.connect(url, autocommit=True)
    except psycopg.Error as error:
        raise CommandError(f"The database server can't be reached: {error}") from error
    with server:
        yield server
