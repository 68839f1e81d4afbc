"""The server's settings, given on its command line so that a new version of Klantbeeld brings new ones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How much memory the server may take, and whether it keeps its promises.

    `shared_buffers_mb` is the cache, in MiB. With `durable` off nothing survives a crash: for tests only.
    """

    shared_buffers_mb: int = 32
    durable: bool = True

    def options(self) -> list[str]:
        """Command-line options for `postgres`."""
        settings = {
            "shared_buffers": f"{self.shared_buffers_mb}MB",
            "effective_cache_size": f"{max(1024, 4 * self.shared_buffers_mb)}MB",
            "max_connections": "80",
            "work_mem": "8MB",
            "maintenance_work_mem": "64MB",
            "max_parallel_workers_per_gather": "1",
            "max_worker_processes": "4",
            "autovacuum_max_workers": "2",
            "io_method": "sync",  # the default keeps three more processes in memory
            "jit": "off",  # compiling costs more than it gains on the short queries of pages
            "random_page_cost": "1.1",
            "wal_level": "minimal",  # nothing replicates this server; a bulk load into a new table skips the log
            "max_wal_senders": "0",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_duration_statement": "1s",
            "log_line_prefix": "%m [%p] %d ",
            "unix_socket_directories": "",
            "listen_addresses": "127.0.0.1",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
