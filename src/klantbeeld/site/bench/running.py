"""One run: everything is measured after each other, and told as it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from subprocess import TimeoutExpired
from uuid import UUID

from django.db import connections

from klantbeeld.platform.access.actor import Actor, of_member
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.site.bench import bulk_changes, imports, organisation, report, starts
from klantbeeld.site.bench.bare import bare_connection
from klantbeeld.site.bench.clients import Clients, WrongAnswer
from klantbeeld.site.bench.measuring import MANY, Figures, measure
from klantbeeld.site.bench.processes import memory_mb
from klantbeeld.site.bench.report import MEMORY_FLOOR_MB, Single
from klantbeeld.site.bench.sample import drawn_from
from klantbeeld.site.bench.scale import Scale
from klantbeeld.site.bench.server import Running, running
from klantbeeld.site.bench.stamp import Facts
from klantbeeld.site.bench.taking_out import take_out
from klantbeeld.site.bench.target import Target
from klantbeeld.site.bench.targets import MADE, targets
from klantbeeld.site.bench.visitor import visitor

Tell = Callable[[str], object]


@dataclass(frozen=True)
class Measured:
    """All figures of a run."""

    figures: list[Figures]
    singles: list[Single]


def run(scale: Scale, facts: Facts, tell: Tell, only: str = "", rows: int = 0) -> Measured:
    """Measure everything, or the targets with `only` in their name, against a server that is started for it. The large
    import has as many rows as there are customers, or `rows`.

    Raises NotServing when the application doesn't come up.
    """
    tenant = Tenant.objects.get(slug=organisation.SLUG)
    with entered(Scope(tenant.id, UUID(facts.owner), "bench")), running() as server:
        measured = Measured([], [])
        host = f"{server.host}:{server.port}"
        owner, agent = (visitor(_actor(tenant, key), host) for key in (facts.owner, facts.agent))
        sample = drawn_from(owner.actor, scale, UUID(facts.busiest))
        chosen = [each for each in targets(owner, agent, sample) if only in each.name]
        report.heading(tell)
        try:
            _requests(server, chosen, measured, tell)
            _once({"memory": partial(_memory, server)}, measured, tell, only)
        finally:
            # Else the newest customers would all be alike, run after run.
            take_out("email", MADE)
        imported = {"import": imports.FEW, "large import": rows or scale.customers}
        parts = {name: partial(imports.measured, owner.actor, server, each) for name, each in imported.items()}
        parts["bulk change"] = partial(bulk_changes.measured, owner.actor)
        _once(parts, measured, tell, only)
    return measured


def _requests(server: Running, chosen: list[Target], measured: Measured, tell: Tell) -> None:
    clients = Clients(server.host, server.port, MANY)
    try:
        with bare_connection() as bare:
            for target in chosen:
                try:
                    measured.figures.append(measure(target, clients, server, bare))
                except WrongAnswer as problem:
                    tell(f"{target.name:24}  not measured: {problem}")
                else:
                    tell(report.line(measured.figures[-1]))
    finally:
        clients.close()


def _once(parts: Mapping[str, Callable[[], list[Single]]], measured: Measured, tell: Tell, only: str) -> None:
    for name, part in parts.items():
        if only not in name:
            continue
        try:
            found = part()
        except TimeoutError as problem:
            tell(f"{name:24}  not measured: {problem}")
            continue
        measured.singles.extend(found)
        for single in found:
            tell(report.single_line(single))


def measure_starts(measured: Measured, tell: Tell) -> None:
    """Measure a cold and a warm start, too. Not while the server of a run takes its part of the machine."""
    try:
        found = starts.measured()
    except (starts.NotStarted, TimeoutExpired):
        tell(f"{'starts':24}  not measured: the application didn't come up")
        return
    measured.singles.extend(found)
    for single in found:
        tell(report.single_line(single))


def _memory(server: Running) -> list[Single]:
    connections.close_all()  # what the database keeps for this process isn't the product's
    application = memory_mb(server.application.pids)
    found = [Single("memory of the application", application, "MB")]
    if server.database is not None:
        database = memory_mb(server.database.pids)
        found += [
            Single("memory of PostgreSQL", database, "MB"),
            Single("memory of all processes", application + database, "MB", MEMORY_FLOOR_MB),
        ]
    return found


def _actor(tenant: Tenant, member: str) -> Actor:
    found = of_member(tenant, UUID(member))
    if found is None:
        raise LookupError(f"The colleague {member} is gone; the database has to be made anew.")
    return found
