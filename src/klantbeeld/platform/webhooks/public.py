"""What others use of webhooks: sending what is due, and cleaning up."""

from klantbeeld.platform.webhooks.delivering import deliver_due, remove_old_deliveries

__all__ = ["deliver_due", "remove_old_deliveries"]
