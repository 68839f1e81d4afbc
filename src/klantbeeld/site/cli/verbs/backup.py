"""write everything of the installation to one file, also while it runs

The file holds the database, the uploaded files and the secret key: keep it as safe as the installation itself.
"""

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from klantbeeld.site.cli.archive import DUMP, FORMAT, KEY, ArchiveWriter, Manifest, files_below
from klantbeeld.site.cli.checkout import version
from klantbeeld.site.cli.database import database_url
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.messages import CommandError, answer, progress
from klantbeeld.site.cli.options import add_data_option, data_folder


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `backup` accepts."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file to write; one that is there is kept")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Write the backup."""
    target = options.file.expanduser().absolute()
    if target.exists():
        raise CommandError(f"{target} is there already. It was kept; give another name.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent}.")
    data = data_folder(options)
    with database_url(data, "backup") as url:
        manifest = write_backup(data, url, target)
    answer(f"{target}: {sum(manifest.rows.values()):,} rows, {len(manifest.members) - 2:,} files")
    return 0


def write_backup(data: DataFolder, url: str, target: Path) -> Manifest:
    """Write a backup of the database at `url` and the files in `data` to `target`; returns its manifest.

    Raises:
        CommandError: the database can't be read, or the file can't be written.
    """
    import psycopg

    from klantbeeld.site.cli.postgres_tools import dump
    from klantbeeld.site.cli.row_counts import count_rows

    data.secret_key()
    with tempfile.TemporaryDirectory(prefix="backup-", dir=target.parent) as folder:
        dumped = Path(folder) / DUMP
        try:
            with psycopg.connect(url) as connection:
                connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                connection.read_only = True
                row = connection.execute("SELECT pg_export_snapshot()").fetchone()
                progress("Writing the database")
                server_version = connection.info.server_version
                dump(url, dumped, row[0] if row else "", server_version)
                rows = count_rows(connection)
        except psycopg.Error as error:
            raise CommandError(f"The database could not be read: {error}") from error
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = Manifest(FORMAT, made_at, version(), server_version, rows)
        # The files come second: each file that the database speaks of was there before it was spoken of.
        progress("Adding the files")
        with ArchiveWriter(target, manifest) as archive:
            archive.add(DUMP, dumped)
            archive.add(KEY, data.path / "secret-key")
            for name, path in files_below(data.files):
                archive.add(name, path)
    return manifest
