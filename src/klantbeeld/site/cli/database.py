"""The database of an installation, for commands that need it for a moment: as it runs, or started for them."""

import contextlib
import os
from collections.abc import Iterator

from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.launch import DATABASE


@contextlib.contextmanager
def database_url(data: DataFolder, purpose: str) -> Iterator[str]:
    """The address of the database, as its owner.

    That is DATABASE_URL if it is set; the running installation's server if there is one; otherwise the server that
    comes along is started, the data folder being claimed for as long.

    Raises:
        CommandError, EmbeddedDatabaseError: the folder is being prepared by another process, or the server fails.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given:
        data.make()
        yield given
        return
    cluster = data.cluster()
    if data.in_use and data.running():
        yield cluster.access.url(DATABASE)
        return
    data.claim(purpose)
    try:
        cluster.choose_access()
        with cluster.running() as access:
            cluster.create_database(DATABASE)
            yield access.url(DATABASE)
    finally:
        data.release()
