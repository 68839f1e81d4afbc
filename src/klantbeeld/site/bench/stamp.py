"""What is known of the generated database from one run to the next."""

import json
from dataclasses import asdict, dataclass

from django.db import connections

from klantbeeld.site.bench.copying import OWNER


@dataclass(frozen=True, slots=True)
class Facts:
    """By which generator and at what scale it was made; ids of two members and of the busiest customer."""

    version: int
    factor: float
    owner: str
    agent: str
    busiest: str


def read() -> Facts | None:
    """What the last run wrote; None when nothing was generated yet."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_stamp')")
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute("SELECT facts FROM bench_stamp")
        row = cursor.fetchone()
    return Facts(**json.loads(row[0])) if row else None


def write(facts: Facts) -> None:
    """Keep the facts for the next run."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_stamp (facts text NOT NULL)")
        cursor.execute("DELETE FROM bench_stamp")
        cursor.execute("INSERT INTO bench_stamp VALUES (%s)", [json.dumps(asdict(facts))])
