"""What keeps the ledger append-only."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from klantbeeld.interactions.models import Interaction


def forbid_updates(cursor: CursorWrapper) -> None:
    """Take the right to update the ledger from the product's role. A mistake is corrected by a new row."""
    cursor.execute(f"REVOKE UPDATE ON {Interaction._meta.db_table} FROM {settings.APP_ROLE}")
