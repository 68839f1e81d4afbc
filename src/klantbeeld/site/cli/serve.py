"""What `demo` and `up` have in common: serve, and say where and how to get in."""

import argparse
import json
import time

from klantbeeld.site.cli.launch import Launcher, Ready
from klantbeeld.site.cli.messages import answer, progress
from klantbeeld.site.cli.options import data_folder
from klantbeeld.site.cli.orders import Serving
from klantbeeld.site.cli.ports import reserve_ports


def serve(options: argparse.Namespace, *, demo: bool) -> int:
    """Run an installation until it is stopped; returns the exit code.

    Raises:
        CommandError, EmbeddedDatabaseError: it does not come up.
    """
    started = time.monotonic()
    data = data_folder(options)
    data.claim("demo" if demo else "up")
    ports = reserve_ports(options.host, options.port)
    serving = Serving(options.host, ports.pages, ports.live, max(1, options.workers))

    def announce(ready: Ready) -> None:
        if options.json:
            answer(_as_json(ready))
        else:
            _welcome(ready, time.monotonic() - started)

    try:
        Launcher(data, serving, demo=demo).run(announce)
    finally:
        ports.give_back()
    progress("Stopped.")
    return 0


def _as_json(ready: Ready) -> str:
    login = ready.facts.get("login", {})
    facts = {"url": ready.url, **{name: login.get(name) for name in ("user", "password", "token")}}
    if ready.facts.get("link"):
        facts["setup_link"] = ready.facts["link"]
    return json.dumps(facts)


def _welcome(ready: Ready, seconds: float) -> None:
    answer(f"\n  Klantbeeld is ready after {seconds:.1f} s:  {ready.url}\n")
    login = ready.facts.get("login")
    if login:
        answer(f"  Sign in as   {login['user']}\n  Password     {login['password']}\n  API token    {login['token']}\n")
    elif ready.facts.get("link"):
        answer("  Nobody has an account yet. Open this link to make your organisation; it can be used once:")
        answer(f"  {ready.facts['link']}\n")
    answer("  Ctrl-C stops everything.")
