"""What is wrong with a task, on its card."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.records.cells import Reader
from klantbeeld.platform.ui import components


def late_badge(reader: Reader) -> Callable[[Mapping[str, Any]], str]:
    """ "late" for what should have been done before today, on the reader's clock."""
    today, late = reader.now.astimezone(reader.zone).date(), components.badge(_("late"), "bad")
    return lambda row: late if row["due_on"] and row["due_on"] < today and not row["done_at"] else ""
