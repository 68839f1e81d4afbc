"""How a customer's name and last contact stand in a list."""

from django.utils.translation import gettext as _

from klantbeeld.platform.records.addresses import list_url
from klantbeeld.platform.records.cells import Cell, Reader, Row, value_cell
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.ui import components


def name_cell(record_type: RecordType, field: RecordField, reader: Reader) -> Cell:
    """Avatar, name as a link, and the place where that may be read."""
    base = list_url(record_type.slug)
    readable = record_type.readable(reader.actor)
    kind = "kind" if "kind" in readable else ""
    place = "city" if "city" in readable else ""
    nameless = _("(no name)")

    def draw(row: Row) -> str:
        return components.who(
            row["name"] or nameless,
            row["id"],
            row[kind] if kind else "person",
            "",
            f"{base}{row['id']}/",
            row[place] if place else "",
        )

    return draw


def last_contact_cell(record_type: RecordType, field: RecordField, reader: Reader) -> Cell:
    """The sign of the channel and how long ago."""
    moment = value_cell(field, reader)

    def draw(row: Row) -> str:
        text = moment(row)
        channel = row["last_contact_channel"]
        sign = components.mark(channel, bare=True) if channel in components.CHANNELS else ""
        return f'<span class="line">{sign}{text}</span>' if text else ""

    return draw
