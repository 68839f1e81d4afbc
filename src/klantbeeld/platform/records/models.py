"""What the engine itself keeps: saved views of lists."""

from klantbeeld.platform.records.saved_views.models import PersonalColumns, SavedView

__all__ = ["PersonalColumns", "SavedView"]
