"""What others use of bulk changes: adding an action to the bar of picked records."""

from klantbeeld.platform.bulk_changes.actions import BulkAction, add_action
from klantbeeld.platform.bulk_changes.selection import Selection

__all__ = ["BulkAction", "Selection", "add_action"]
