"""put back what a backup holds

The backup is checked and loaded beside what is there, and takes its place only when all of it is in.
"""

import argparse
import shutil
from pathlib import Path

from klantbeeld.site.cli.archive import DUMP, FILES, KEY, Manifest, read_manifest, unpack
from klantbeeld.site.cli.database import database_url
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.messages import CommandError, answer, progress
from klantbeeld.site.cli.options import add_data_option, data_folder


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `restore` accepts."""
    parser.add_argument("file", type=Path, metavar="FILE", help="file that `backup` wrote")
    parser.add_argument("--force", action="store_true", help="replace the data that are there")
    add_data_option(parser)


def run(options: argparse.Namespace) -> int:
    """Restore the backup."""
    source = options.file.expanduser().absolute()
    data = data_folder(options)
    if data.in_use:
        raise CommandError(f"Klantbeeld is running with the data in {data.path}. Stop it before you restore.")
    progress("Checking the backup")
    manifest = read_manifest(source)
    with database_url(data, "restore") as url:
        restore_backup(data, url, source, manifest, force=options.force)
    answer(f"Restored what was saved at {manifest.made_at}: {sum(manifest.rows.values()):,} rows.")
    return 0


def restore_backup(data: DataFolder, url: str, source: Path, manifest: Manifest, *, force: bool) -> None:
    """Load the checked backup `source` into a new database and new files, then exchange these for the present ones.

    Raises:
        CommandError: there are data and `force` is not given, or a step failed; then everything is as it was.
    """
    from klantbeeld.site.cli.replacement import replace_database, replace_files

    unpacked = data.path / "restoring"
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        with replace_database(url, manifest, force=force) as replacement:
            progress("Unpacking")
            unpack(source, unpacked)
            progress("Loading the database")
            replacement.load(unpacked / DUMP)
        replace_files(data, unpacked / FILES, unpacked / KEY)
        data.set_stamp("migrated", "")
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
