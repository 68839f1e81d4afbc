"""How long an import takes, from the file on disk until its last row is there, and what memory it needs."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from django.conf import settings
from django.core.files import File

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.jobs.models import Job, JobState
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.public import Import, receive, run
from klantbeeld.site.bench.memory_watch import MemoryWatch
from klantbeeld.site.bench.report import Single
from klantbeeld.site.bench.scale import SEED
from klantbeeld.site.bench.server import Running
from klantbeeld.site.bench.taking_out import take_out
from klantbeeld.site.demo.people import person

FEW, MANY = 10_000, 1_000_000
_FLOORS = {FEW: 1.5, MANY: 60.0}
_MARK = "import-"
_POLL_SECONDS = 0.05
_PATIENCE_SECONDS = 1200.0
_HEADER = "customer number;name;e-mail;phone;street;house number;postcode;city;country;date of birth\n"
_ENDED = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


def measured(actor: Actor, server: Running, rows: int) -> list[Single]:
    """Import this many new customers by way of the worker, and take them out again.

    The current tenant is the actor's. Raises TimeoutError when it takes longer than anyone would wait.
    """
    path = Path(settings.DATA) / f"import-{rows}.csv"
    _write(path, rows)
    try:
        watch = MemoryWatch(server)
        begun = time.monotonic()
        with path.open("rb") as file:
            imported = receive(actor, registry.get("customers"), File(file), path.name)
        imported.save()
        job = run(actor, imported)
        wait_for(job, watch.look)
        seconds = time.monotonic() - begun
        counts = Import.objects.get(id=imported.id).report
        name = f"import of {rows:,} customers"
        if counts.get("created") != rows:
            name += f" ({counts.get('created')} came in)"
    finally:
        path.unlink(missing_ok=True)
        take_out("external_id", _MARK)
    singles = [Single(name, seconds, "s", _FLOORS.get(rows))]
    singles += [Single(f"most memory of the worker, {part}", most, "MB") for part, most in watch.worker()]
    return singles


def wait_for(job: Job, look: Callable[[], object] = lambda: None) -> None:
    """Wait until a job has ended, and `look` at each turn. Raises TimeoutError."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while Job.objects.values_list("state", flat=True).get(pk=job.pk) not in _ENDED:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The job {job.pk} takes too long.")
        look()
        time.sleep(_POLL_SECONDS)


def _write(path: Path, rows: int) -> None:
    rng = Random(f"{SEED} import")  # noqa: S311 - for measuring, not for secrets
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        for place in range(rows):
            one = person(rng, 2_000_000 + place)
            name = " ".join(filter(None, (one.given, one.prefix, one.family)))
            file.write(
                f"{_MARK}{place};{name};{one.email};{one.phone};{one.street};{one.number}{one.addition};{one.postcode}"
                f";{one.place};NL;{one.birth_date}\n"
            )
