from collections.abc import Iterator
from typing import Any

import pytest

from klantbeeld.platform.ui import components, icons
from klantbeeld.platform.ui.templatetags import ui


def forget() -> None:
    """What is kept for the life of a process holds the addresses of static files."""
    for kept in (icons.sprite_url, components.icon, components.mark, ui._fixed):
        kept.cache_clear()


@pytest.fixture(autouse=True)
def static_files_by_their_own_names(settings: Any) -> Iterator[None]:
    """Pages are drawn before anything was collected and hashed."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    forget()
    yield
    forget()
