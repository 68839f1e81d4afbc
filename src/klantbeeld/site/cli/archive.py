"""The file that a backup is: a tar with the database, the uploaded files, the secret key, and a manifest of all that.

The manifest is the last member. It names the format, the versions, the rows of every table, and for each other member
its size and SHA-256, so that a damaged or shortened file is noticed before anything is touched.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from klantbeeld.site.cli.messages import CommandError

FORMAT = 1
DUMP, KEY, MANIFEST, FILES = "database.dump", "secret-key", "manifest.json", "files/"
_BLOCK = 1024 * 1024


@dataclass
class Manifest:
    """What a backup holds. `members` maps a name to its size in bytes and its SHA-256; `rows` a table to its rows."""

    format: int
    made_at: str
    klantbeeld: str
    postgresql: int
    rows: dict[str, int]
    members: dict[str, tuple[int, str]] = field(default_factory=dict)


class ArchiveWriter:
    """Writes a backup; the file gets its name when it is complete, and not before."""

    def __init__(self, target: Path, manifest: Manifest) -> None:
        self.target = target
        self._manifest = manifest
        self._unfinished = target.with_name(f"{target.name}.part")

    def __enter__(self) -> "ArchiveWriter":
        try:
            self._unfinished.unlink(missing_ok=True)
            descriptor = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"The backup can't be written to {self.target}: {error}.") from error
        self._stream = os.fdopen(descriptor, "wb")
        self._tar = tarfile.open(fileobj=self._stream, mode="w")
        return self

    def add(self, name: str, source: Path) -> None:
        """Add the file `source` under `name`. One that is gone by now was deleted meanwhile, and is left out."""
        try:
            with source.open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                reader = _Hashing(stream)
                self._tar.addfile(_entry(name, size), reader)
        except FileNotFoundError:
            return
        self._manifest.members[name] = (size, reader.digest.hexdigest())

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is None:
            text = json.dumps(asdict(self._manifest), indent=1).encode()
            self._tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
            self._tar.close()
            self._stream.flush()
            os.fsync(self._stream.fileno())
        self._stream.close()
        if kind is None:
            self._unfinished.replace(self.target)
        else:
            self._unfinished.unlink(missing_ok=True)


def read_manifest(source: Path) -> Manifest:
    """The manifest of a backup, after every member has been compared with it.

    Raises:
        CommandError: it isn't a backup, it is of a later format, or it is damaged; the message says where.
    """
    try:
        with tarfile.open(source, mode="r:") as tar:
            found = {member.name: _measure(tar, member) for member in tar if member.name != MANIFEST}
            stream = tar.extractfile(MANIFEST)
            text = json.loads(stream.read()) if stream else {}
    except KeyError:
        raise CommandError(f"{source} has no manifest: it is no backup of Klantbeeld, or it was cut off.") from None
    except (OSError, tarfile.TarError, ValueError) as error:
        raise CommandError(f"{source} can't be read as a backup: {error}.") from error
    if text.get("format") != FORMAT:
        raise CommandError(f"{source} has format {text.get('format')}; this version of Klantbeeld reads {FORMAT}.")
    manifest = Manifest(**text)
    for name in sorted(found.keys() | manifest.members.keys()):
        if name not in found:
            raise CommandError(f"{source} is damaged: {name} is missing. Nothing was changed.")
        if name not in manifest.members or tuple(manifest.members[name]) != found[name]:
            raise CommandError(f"{source} is damaged: {name} is not what was put in. Nothing was changed.")
    return manifest


def unpack(source: Path, folder: Path) -> None:
    """Write all members below `folder`, which is private to this user. The backup has been checked before."""
    folder.mkdir(mode=0o700)
    with tarfile.open(source, mode="r:") as tar:
        for member in tar:
            stream = tar.extractfile(member)
            if stream is not None:
                with _inside(folder, member.name).open("xb") as target:
                    shutil.copyfileobj(stream, target, _BLOCK)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise CommandError(f"The backup holds {name}, which lies outside of it. Nothing was changed.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """All regular files below `folder`, each with the name that it gets in a backup."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{FILES}{path.relative_to(folder).as_posix()}", path


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
    return entry


def _measure(tar: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[int, str]:
    stream = tar.extractfile(member) if member.isreg() else None
    if stream is None:
        raise CommandError(f"The backup holds {member.name}, which is not a plain file. Nothing was changed.")
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return member.size, digest.hexdigest()


class _Hashing:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._stream.read(size)
        self.digest.update(block)
        return block
