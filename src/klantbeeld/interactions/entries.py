"""Rows of the ledger as the timeline draws them: in days, as sentences, with what they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from klantbeeld.interactions.drawing import Entry, Words, entry_html
from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.interactions.phrases import day_title, duration, sentence
from klantbeeld.interactions.queries import TEXT_SHOWN, Slice
from klantbeeld.interactions.sources import Thing, keeps_text, things
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.ui import components, formats

# About what the lines hold that are shown at first; a longer text gets a button to see it all.
LINES, LETTERS = 2, 150
MEMO_LINES, MEMO_LETTERS = 4, 400
# What a customer wrote stands between quotation marks.
WRITTEN = {Channel.MAIL, Channel.CHAT, Channel.POST, Channel.TICKET}
# Where the first line is a subject, it stands beside the sentence.
WITH_SUBJECT = {Channel.MAIL, Channel.CHAT, Channel.TICKET, Channel.TASK, Channel.POST}


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of a day; no title when the page before ended within it."""

    title: str
    entries: SafeString


@dataclass(frozen=True, slots=True)
class Teller:
    """For whom and about whom the story is told. `customer` is what we call the customer."""

    actor: Actor
    customer: str
    now: datetime = field(default_factory=clock.now)

    @property
    def zone(self) -> ZoneInfo:
        """The reader's clock."""
        return ZoneInfo(self.actor.timezone)

    def days(self, page: Slice) -> list[Day]:
        """The entries of a page, by day."""
        found = things(self.actor, ((row["source"], row["source_id"]) for row in page.rows))
        words = Words.now()
        zone, today = self.zone, self.now.astimezone(self.zone).date()
        begun = page.after.value.astimezone(zone).date() if page.after else None
        made = []
        for day, rows in groupby(page.rows, key=lambda row: row["at"].astimezone(zone).date()):
            title = "" if day == begun else self._title(day, today)
            made.append(Day(title, SafeString("".join(entry_html(self._entry(row, found), words) for row in rows))))
        return made

    def _title(self, day: date, today: date) -> str:
        return day_title(day, today, self.actor.language)

    def _sentence(self, row: Mapping[str, Any]) -> SafeString:
        colleague, firm = row.get("member_name") or "", self.actor.tenant.name
        return sentence(row["channel"], row.get("direction", ""), colleague, self.customer, firm)

    def _entry(self, row: Mapping[str, Any], found: Mapping[tuple[str, str], Thing]) -> Entry:
        channel = row["channel"]
        thing = found.get((row["source"], row["source_id"]))
        shown = thing is not None or keeps_text(row["source"])
        subject, line, said = _texts(row) if shown and not (thing and thing.reference) else ("", "", "")
        local = row["at"].astimezone(self.zone)
        return Entry(
            id=str(row["id"]),
            mark=components.mark(channel),
            sentence=self._sentence(row),
            time=f"{local:%H:%M}",
            full_time=formats.datetime(row["at"], self.actor.language, self.zone),
            iso=row["at"].isoformat(),
            subject=subject,
            line=line,
            said=_quoted(row, said[:TEXT_SHOWN]),
            long=_is_long(said, memo=channel == Channel.NOTE),
            rest_url=detail_url("interactions", row["id"]) if len(said) > TEXT_SHOWN else "",
            length=duration(row["seconds"]) if row.get("seconds") else "",
            memo=channel == Channel.NOTE,
            thing=thing or Thing(),
        )


def _quoted(row: Mapping[str, Any], said: str) -> str:
    theirs = row["channel"] in WRITTEN and row.get("direction") == Direction.IN
    return f"“{said}”" if said and theirs else said


def _is_long(said: str, memo: bool) -> bool:
    lines, letters = (MEMO_LINES, MEMO_LETTERS) if memo else (LINES, LETTERS)
    return len(said) > letters or said.count("\n") >= lines


def _texts(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, summary and text; what stands in the text already isn't said twice."""
    summary, text = row.get("summary") or "", row.get("text") or ""
    if text.startswith(summary) and text:
        summary = ""
    if row["channel"] == Channel.NOTE:
        return "", "", "\n".join(part for part in (summary, text) if part)
    if row["channel"] in WITH_SUBJECT and row.get("direction") != Direction.INTERNAL:
        return summary, "", text
    return "", summary, text
