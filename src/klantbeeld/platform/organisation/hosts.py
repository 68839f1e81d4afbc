"""Host names by which organisations are told apart."""

import re

from django.utils.translation import gettext as _

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class BadHost(ValueError):
    """A text isn't a host name; the message says which."""


def clean_hosts(text: str) -> list[str]:
    """Host names from a text with one per word or line, in small letters, each once. Raises BadHost."""
    found = list(dict.fromkeys(text.lower().split()))
    for host in found:
        if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
            raise BadHost(_("“%(host)s” is no host name. Give it without https:// and port.") % {"host": host[:80]})
    return found
