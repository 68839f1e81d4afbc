"""Pages and the API, for any WSGI server."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.config.settings")
_pages = get_wsgi_application()
_limited: list[int] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; the first one sets how long the statements of this process may take.

    Not when this is loaded: the process that loads it may fork workers, too, and theirs may take longer.
    """
    if os.getpid() not in _limited:
        from django.conf import settings

        from klantbeeld.platform.tenancy.statement_timeout import limit_statements

        limit_statements(settings.STATEMENT_SECONDS)
        _limited[:] = [os.getpid()]
    return _pages(environ, start_response)
