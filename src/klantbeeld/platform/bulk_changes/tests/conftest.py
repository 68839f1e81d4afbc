"""Bulk changes without a browser."""

from typing import Any

import pytest

from klantbeeld.platform.bulk_changes import starting
from klantbeeld.platform.bulk_changes.instruction import read
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.registry import registry


@pytest.fixture
def bulk() -> Any:
    """Do a bulk change as `actor` at once: `bulk(actor, "customers", ids or None, field=, how=, value=)`; without a
    field it deletes. `condition` says which when there are no ids."""

    def run(actor: Any, slug: str, ids: Any = None, **given: Any) -> BulkChange:
        made = stored(actor, slug, ids, **given)
        starting.claim(actor, made, 0)
        done = starting.begin(made)
        assert done.job is not None
        assert done.job.state == "done", done.job.error
        return done

    return run


def stored(actor: Any, slug: str, ids: Any = None, condition: Any = None, **given: Any) -> BulkChange:
    """A bulk change that is set up, and not begun."""
    selection = Selection(None if ids is None else tuple(ids), condition, clock.now())
    order = read(actor, registry.get(slug), given).dump() if given else {}
    return BulkChange.objects.create(
        record_type=slug,
        action="edit" if given else "delete",
        ids=None if ids is None else list(ids),
        condition=selection.condition,
        picked_at=selection.picked_at,
        instruction=order,
        member_id=actor.member_id,
        back=f"/{slug}/",
    )


@pytest.fixture
def undo() -> Any:
    """Take a bulk change back at once; returns what came of it."""

    def run(actor: Any, change: BulkChange) -> dict[str, Any]:
        starting.claim_undo(actor, change)
        done = starting.begin(change)
        assert done.undo_job is not None
        assert done.undo_job.state == "done", done.undo_job.error
        return dict(done.undone)

    return run
