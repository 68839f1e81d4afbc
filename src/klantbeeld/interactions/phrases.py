"""What the timeline says: who did what, how long it took, and on which day."""

from datetime import date, timedelta

from babel.dates import format_date
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from klantbeeld.interactions.enums import Channel, Direction

# By channel: what the customer did, what we did. %(who)s is whoever began, %(them)s the customer.
_SAID: dict[str, tuple[str, str]] = {
    Channel.MAIL: (gettext_noop("%(who)s wrote"), gettext_noop("%(who)s wrote to %(them)s")),
    Channel.CALL: (gettext_noop("%(who)s called"), gettext_noop("%(who)s called %(them)s")),
    Channel.MEETING: (gettext_noop("%(who)s came by"), gettext_noop("%(who)s met %(them)s")),
    Channel.CHAT: (gettext_noop("%(who)s chatted with us"), gettext_noop("%(who)s chatted with %(them)s")),
    Channel.POST: (gettext_noop("%(who)s posted"), gettext_noop("%(who)s answered a post of %(them)s")),
    Channel.VISIT: (gettext_noop("%(who)s visited us"), gettext_noop("%(who)s visited %(them)s")),
    Channel.TICKET: (gettext_noop("%(who)s reported"), gettext_noop("%(who)s opened a ticket for %(them)s")),
    Channel.ORDER: (gettext_noop("%(who)s ordered"), gettext_noop("%(who)s credited")),
    Channel.NOTE: ("", gettext_noop("%(who)s left a note")),
    Channel.TASK: ("", gettext_noop("%(who)s finished a task")),
}
# Only colleagues write these.
_OURS = {Channel.NOTE, Channel.TASK}
_ANSWERED_CALL = gettext_noop("%(who)s answered a call")


def sentence(channel: str, direction: str, colleague: str, customer: str, firm: str) -> SafeString:
    """Who did what, as safe HTML with the names in bold. Where no colleague is known, it was the firm."""
    if direction == Direction.IN and channel not in _OURS:
        if channel == Channel.CALL and colleague:
            return _filled(_ANSWERED_CALL, colleague, customer)
        return _filled(_SAID[channel][0], customer, customer)
    return _filled(_SAID[channel][1], colleague or firm, customer)


def _filled(phrase: str, who: str, them: str) -> SafeString:
    return SafeString(_(phrase) % {"who": f"<b>{escape(who)}</b>", "them": escape(them)})


def duration(seconds: int) -> str:
    """How long something took: "42 s", "6 min 42 s", "1 h 5 min"."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        text = _("%(hours)d h %(minutes)d min") if minutes else _("%(hours)d h")
    elif minutes:
        text = _("%(minutes)d min %(seconds)d s") if left else _("%(minutes)d min")
    else:
        text = _("%(seconds)d s")
    return (text % {"hours": hours, "minutes": minutes, "seconds": left}).replace(" ", "\u00a0")


def day_title(day: date, today: date, locale: str) -> str:
    """A day as a heading: "Today, Friday 20 November"; with its year when that is another one."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    text = str(format_date(day, pattern, locale="en_GB" if locale == "en" else locale.replace("-", "_")))
    if day == today:
        return _("Today, %(day)s") % {"day": text}
    if day == today - timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": text}
    return text[:1].upper() + text[1:]
