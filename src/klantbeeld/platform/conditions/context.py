"""Who asks, and when: what a condition needs to know beside the rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Context:
    """The moment and the person for whom a condition is compiled.

    `now` is aware; `timezone` decides where days begin and end; `week_start` is 0 for Monday to 6 for Sunday.
    Without `member_id` nothing "is me", without `team_member_ids` nothing is "in my team".
    """

    now: datetime
    timezone: ZoneInfo
    member_id: UUID | None = None
    team_member_ids: tuple[UUID, ...] = ()
    week_start: int = 0

    @property
    def today(self) -> date:
        """The day that it is for the user."""
        return self.now.astimezone(self.timezone).date()
