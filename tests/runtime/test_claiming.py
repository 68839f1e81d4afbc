import socket
from pathlib import Path

import pytest

from klantbeeld.site.cli.datafolder import DataFolder
from klantbeeld.site.cli.messages import CommandError
from klantbeeld.site.cli.ports import reserve_ports


def test_a_folder_is_used_once_at_a_time(tmp_path: Path) -> None:
    first, second = DataFolder(tmp_path), DataFolder(tmp_path)
    first.claim("demo")
    first.note_running({"url": "http://127.0.0.1:8000/"})
    with pytest.raises(CommandError, match=r"runs already \(demo, process \d+\).*Open http://127.0.0.1:8000/"):
        second.claim("up")
    first.release()
    second.claim("up")


def test_a_folder_that_can_t_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"file/data can't be used"):
        DataFolder(tmp_path / "file" / "data").make()


def test_the_secret_key_stays_the_same_and_private(data: DataFolder) -> None:
    key = data.secret_key()
    assert DataFolder(data.path).secret_key() == key
    assert (data.path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_refused_when_asked_for_and_avoided_otherwise() -> None:
    first = reserve_ports("127.0.0.1", None)
    first.give_back()
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.live))
        other.listen()
        with pytest.raises(CommandError, match=f"Port {first.live} on 127.0.0.1 is taken"):
            reserve_ports("127.0.0.1", first.pages)
        assert reserve_ports("127.0.0.1", None).pages != first.pages


def test_two_that_start_at_once_get_different_ports() -> None:
    first, second = reserve_ports("127.0.0.1", None), reserve_ports("127.0.0.1", None)
    assert first.pages != second.pages
    with pytest.raises(CommandError, match="is taken"):
        reserve_ports("127.0.0.1", second.pages)
    first.give_back()
    second.give_back()


@pytest.mark.parametrize(
    ("host", "port", "said"), [("127.0.0.1", 70000, "not a port"), ("no.such.host", 8000, "not an address")]
)
def test_what_is_no_port_or_address_is_said(host: str, port: int, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        reserve_ports(host, port)
