"""The files that the demo is imported from. They take a while to write, and can be there before the database is."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from klantbeeld.site.demo import company, ledger, retail

STEPS = (
    "products",
    "customers",
    "orders",
    "order-lines",
    "identifiers",
    "addresses",
    "relationships",
    "interactions",
    "tasks",
)
_MARK = "made-ahead"


def write(folder: Path, shift: timedelta, steps: Iterable[str] = STEPS) -> None:
    """Write the files of these steps. The lines are written in any case: the others follow from them."""
    owners = company.owners()
    made = retail.write_lines(folder / "order-lines.csv", shift)
    how: dict[str, Callable[[Path], None]] = {
        "products": lambda path: retail.write_products(path, made),
        "customers": lambda path: retail.write_customers(path, made, owners),
        "orders": lambda path: retail.write_orders(path, made),
        "identifiers": lambda path: ledger.write_identifiers(path, made),
        "addresses": lambda path: ledger.write_addresses(path, made),
        "relationships": lambda path: ledger.write_relationships(path, made),
        "interactions": lambda path: ledger.write_interactions(path, made, owners),
        "tasks": lambda path: ledger.write_tasks(path, made, owners),
    }
    for step in steps:
        if step in how:
            how[step](folder / f"{step}.csv")


def write_ahead(folder: Path, now: datetime) -> None:
    """Write all files for an organisation that is about to be made, for `take_over`."""
    shift = retail.shift_to(now)
    write(folder, shift)
    (folder / _MARK).write_text(str(shift.days), encoding="ascii")


def take_over(folder: Path, shift: timedelta) -> bool:
    """Whether all files stand there, written ahead and moved by this much; they are the caller's then."""
    mark = folder / _MARK
    written = mark.read_text(encoding="ascii") if mark.is_file() else ""
    mark.unlink(missing_ok=True)
    return written == str(shift.days)
