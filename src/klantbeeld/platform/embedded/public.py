"""What other packages may use of the embedded database."""

from klantbeeld.platform.embedded.access import free_port, is_free
from klantbeeld.platform.embedded.account import server_account
from klantbeeld.platform.embedded.binaries import SHARED_PLACE, find_binaries
from klantbeeld.platform.embedded.cluster import Cluster
from klantbeeld.platform.embedded.errors import EmbeddedDatabaseError
from klantbeeld.platform.embedded.tether import die_with_parent, tether
from klantbeeld.platform.embedded.tuning import Tuning

__all__ = [
    "SHARED_PLACE",
    "Cluster",
    "EmbeddedDatabaseError",
    "Tuning",
    "die_with_parent",
    "find_binaries",
    "free_port",
    "is_free",
    "server_account",
    "tether",
]
