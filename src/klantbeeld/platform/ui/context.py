"""What every page needs to be drawn in the shell."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from klantbeeld.platform.ui.menu import menu_for

THEMES = frozenset({"light", "dark"})
DENSITIES = frozenset({"roomy"})


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `actor` (None for strangers), `menu`, `theme`, `density`, `live_url`, `languages`.

    Theme and density come from cookies that a script wrote, so only known values pass; "" is what the system or the
    standard says. `request.actor` is set by whoever knows people; requests that failed before that have none.
    """
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "menu": menu_for(actor, request) if actor else None,
        "theme": _known(request.COOKIES.get("kb_theme"), THEMES),
        "density": _known(request.COOKIES.get("kb_density"), DENSITIES),
        "live_url": getattr(settings, "LIVE_URL", "") if actor else "",
        "languages": settings.LANGUAGES,
    }


def _known(value: str | None, values: frozenset[str]) -> str:
    return value if value in values else ""
