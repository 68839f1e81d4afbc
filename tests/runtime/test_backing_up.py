import tarfile
from pathlib import Path

import psycopg
import pytest

from klantbeeld.site.cli.archive import read_manifest
from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.messages import CommandError
from klantbeeld.site.cli.verbs.backup import write_backup
from klantbeeld.site.cli.verbs.restore import restore_backup


def customers(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM customer ORDER BY id").fetchall()]


def databases(url: str) -> set[str]:
    name = url.rpartition("/")[2]
    with psycopg.connect(url) as connection:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return {found for (found,) in connection.execute(query, [name]).fetchall()}


@pytest.fixture
def backup(shop: str, data: DataFolder, tmp_path: Path) -> Path:
    target = tmp_path / "monday.kb"
    write_backup(data, shop, target)
    return target


def test_everything_comes_back(backup: Path, database: str, data: DataFolder, tmp_path: Path) -> None:
    elsewhere = DataFolder(tmp_path / "elsewhere")
    elsewhere.make()
    manifest = read_manifest(backup)
    restore_backup(elsewhere, database, backup, manifest, force=False)
    assert customers(database) == ["Anna", "Bram", "Zoë"]
    assert (elsewhere.files / "contracts" / "één.txt").read_text() == "agreed"
    assert elsewhere.secret_key() == data.secret_key()
    assert databases(database) == {database.rpartition("/")[2]}


def test_a_backup_is_private_and_says_what_it_holds(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    manifest = read_manifest(backup)
    assert manifest.rows == {"public.customer": 3}
    assert set(manifest.members) == {"database.dump", "secret-key", "files/contracts/één.txt"}


def test_what_changes_during_a_backup_is_not_in_it(shop: str, data: DataFolder, tmp_path: Path) -> None:
    with psycopg.connect(shop) as busy:
        busy.execute("INSERT INTO customer VALUES (4, 'Daan')")
        assert write_backup(data, shop, tmp_path / "now.kb").rows == {"public.customer": 3}


def test_data_are_not_overwritten_unasked(backup: Path, shop: str, data: DataFolder) -> None:
    with psycopg.connect(shop) as connection:
        connection.execute("UPDATE customer SET name = 'Anne' WHERE id = 1")
    with pytest.raises(CommandError, match=r"not empty: 1 tables with 3 rows\. Nothing was changed\. .*--force"):
        restore_backup(data, shop, backup, read_manifest(backup), force=False)
    assert customers(shop)[0] == "Anne"
    restore_backup(data, shop, backup, read_manifest(backup), force=True)
    assert customers(shop)[0] == "Anna"


@pytest.mark.parametrize("part", ["database.dump", "files/contracts/één.txt"])
def test_a_damaged_backup_is_refused_and_the_damage_is_named(backup: Path, part: str) -> None:
    with tarfile.open(backup) as tar:
        place = tar.getmember(part).offset_data
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(CommandError, match=f"damaged: {part} .*Nothing was changed"):
        read_manifest(backup)


def test_a_backup_that_was_cut_off_is_refused(backup: Path) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) // 2])
    with pytest.raises(CommandError, match=r"monday\.kb (has no manifest|can't be read)"):
        read_manifest(backup)


def test_a_restore_that_fails_leaves_what_was(backup: Path, shop: str, data: DataFolder) -> None:
    manifest = read_manifest(backup)
    manifest.rows["public.customer"] = 4
    with pytest.raises(CommandError, match=r"public\.customer has 3 rows after loading, and 4 in the backup"):
        restore_backup(data, shop, backup, manifest, force=True)
    assert customers(shop) == ["Anna", "Bram", "Zoë"]
    assert databases(shop) == {shop.rpartition("/")[2]}
    assert not (data.path / "restoring").exists()


def test_a_file_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from klantbeeld.site.cli.__main__ import main

    kept = tmp_path / "kept.kb"
    kept.write_text("precious")
    assert main(["backup", str(kept), "--data", str(tmp_path / "data")]) == 1
    assert "is there already" in capsys.readouterr().err
    assert kept.read_text() == "precious"
