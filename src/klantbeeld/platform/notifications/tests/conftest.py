"""A kind of notification of the tests' own, and records to tell of."""

from collections.abc import Iterator
from typing import Any

import pytest

from klantbeeld.platform.notifications import kinds
from klantbeeld.platform.notifications.kinds import Kind, Words, register_kind
from klantbeeld.platform.notifications.models import Mail


@pytest.fixture
def news(cast: Any) -> Iterator[str]:
    """A kind that says what its `about` says and is mailed within the hour."""
    before = dict(kinds._kinds)

    def tell(around, notifications):
        return {
            each.id: Words(f"{around.name(each)} {each.about.get('did', [''])[-1]} {around.title(each)}".strip())
            for each in notifications
        }

    register_kind(Kind("news", "News", "bell", tell, Mail.HOURLY))
    yield "news"
    kinds._kinds.clear()
    kinds._kinds.update(before)
