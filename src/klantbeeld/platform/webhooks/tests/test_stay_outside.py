"""No message reaches what only this machine or its network can reach, whatever names say."""

import socket
import threading

import pytest

from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.webhooks import sending
from klantbeeld.platform.webhooks.actions.save_webhook import Wanted, create_webhook
from klantbeeld.platform.webhooks.addresses import NotAnAddress, resolve, target_of

INSIDE = [
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "192.88.99.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
]


def named(monkeypatch, *answers):
    """Have names looked up in turn as the answers say; the list of what was looked up."""
    asked, real = [], socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        asked.append(host)
        address = answers[min(len(asked), len(answers)) - 1]
        return [entry for one in address for entry in real(one, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_for_something_inside_is_refused(monkeypatch, address):
    named(monkeypatch, [address])
    with pytest.raises(NotAnAddress):
        resolve(target_of("https://inside.example/"))
    with pytest.raises(NotAnAddress):
        target_of(f"https://[{address}]/" if ":" in address else f"https://{address}/")


def test_one_address_inside_spoils_the_name(monkeypatch):
    named(monkeypatch, ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(NotAnAddress):
        resolve(target_of("https://both.example/"))


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch):
    asked = named(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    reached = []

    def connect(self, address):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    outcome = sending.post("https://rebind.example/hook", {}, "{}")
    assert (asked, reached) == (["rebind.example"], [("93.184.215.14", 443)])
    assert outcome.error


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:word@example.org/",
        "https://example.org:99999/",
        "https://example.org/#part",
        "https://exa mple.org/",
        "https://example.org/\r\nX: y",
        "//example.org/",
        "javascript:alert(1)",
        "https://example.org/" + "x" * 500,
    ],
)
def test_what_is_no_address_for_messages_is_refused(cast, url):
    with pytest.raises(Invalid) as refused:
        create_webhook(cast.alice, Wanted("Fout", url, ["customers.created"]))
    assert set(refused.value.errors) == {"url"}


def test_who_answers_slowly_does_not_hold_us(receiver, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    receiver.release = threading.Event()
    outcome = sending.post(receiver.url, {}, "{}")
    receiver.release.set()
    assert outcome.status is None
    assert outcome.milliseconds < 5_000


def test_only_who_may_makes_webhooks(cast):
    with pytest.raises(NotAllowed):
        create_webhook(cast.bob, Wanted("Bob", "https://example.org/", ["customers.created"]))


@pytest.mark.parametrize(
    ("events", "condition", "where"),
    [
        ([], None, "events"),
        (["nothing.created"], None, "events"),
        (["customers.read"], None, "events"),
        (["customers.created"], {"all": [{"field": "nothing", "op": "is_empty"}]}, "condition"),
        (["customers.created", "orders.created"], {"all": []}, "condition"),
    ],
)
def test_what_cannot_be_told_is_refused(cast, events, condition, where):
    with pytest.raises(Invalid) as refused:
        create_webhook(cast.alice, Wanted("Fout", "https://example.org/", events, condition))
    assert set(refused.value.errors) == {where}
