"""A receiver of messages: a real HTTP server on this machine, which a test may tell how to answer."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from klantbeeld.platform.events.dispatch import dispatch_due
from klantbeeld.platform.tenancy.scope import entered
from klantbeeld.platform.webhooks.actions.save_webhook import Wanted, create_webhook
from klantbeeld.platform.webhooks.delivering import deliver_due


class Receiver:
    """What came in, and what is answered."""

    def __init__(self):
        self.got, self.status, self.headers, self.body, self.release = [], 200, {}, b"thanks", None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.path, dict(self.headers), body.decode()))
                if outer.release is not None:
                    outer.release.wait(20)
                self.send_response(outer.status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/hook?a=1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_HTTP, settings.WEBHOOKS_NETWORKS = True, ["127.0.0.0/8"]
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def webhook(cast, receiver):
    events = ["customers.created", "customers.changed", "customers.deleted"]
    return create_webhook(cast.alice, Wanted("Magazijn", receiver.url, events))


def send():
    """Do what the worker does: hand out events, then send what is due."""
    with entered(None):
        while dispatch_due():
            pass
        while deliver_due():
            pass
