"""The parts of `components` and `formats` as template tags."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from klantbeeld.platform.ui import components, formats, links, palette

register = template.Library()

for _part in ("icon", "avatar", "who", "mark", "badge", "dot", "tally", "grade", "ring", "spark", "keys"):
    register.simple_tag(getattr(components, _part), name=_part)

register.simple_tag(links.side_links)
register.simple_tag(links.dock_links)
register.filter("highlight", palette.highlight)

SPOKEN_TONES = {"bad": "alert-triangle", "warn": "alert-triangle", "ok": "circle-check", "info": "info-circle"}


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: SafeString, title: str, tone: str = "bad", glyph: str = "") -> SafeString:
    """What happened (the title) and, in the block, what was kept and what to do. Bad news is read out at once."""
    return _drawn(
        context,
        "ui/alert.html",
        title=title,
        tone=tone,
        role="alert" if tone == "bad" else "status",
        glyph=glyph or SPOKEN_TONES.get(tone, "info-circle"),
        content=content,
    )


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: SafeString, title: str) -> SafeString:
    """A place without anything in it: what is so (the title) and, in the block, what to do first."""
    return _drawn(context, "ui/empty.html", title=title, content=content)


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, optional: bool = True) -> SafeString:
    """A form field with its label, help and errors; `optional=False` leaves out the word behind fields one may skip."""
    widget = bound.field.widget
    kind = "line"
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "tick"
    elif isinstance(widget, Select) and not widget.allow_multiple_selected:
        kind = "select"
    attributes: dict[str, str | bool] = {"class": "check" if kind in ("tick", "choices") else "input"}
    if bound.errors:
        attributes["aria-describedby"] = f"{bound.id_for_label}_error {bound.id_for_label}_helptext"
    return _drawn(
        context,
        "ui/field.html",
        bound=bound,
        kind=kind,
        control=bound.as_widget(attrs=attributes),
        optional=optional and not bound.field.required,
    )


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A template that is the same for everybody who reads the same language: drawn once per language and kept."""
    return _fixed(name, get_language() or "en")


@lru_cache(maxsize=64)
def _fixed(name: str, language: str) -> SafeString:
    return SafeString(get_template(name).render())


@register.simple_tag(takes_context=True)
def form_fields(context: Context, form: BaseForm) -> SafeString:
    """All fields of a form, under what is wrong with the form as a whole."""
    return _drawn(context, "ui/form_fields.html", form=form)


@register.filter
def qr(svg: str) -> SafeString:
    """A QR code drawn by our own library, without the document around it, so that no image needs a data: address."""
    return SafeString(svg[svg.index("<svg") :])


@register.simple_tag
def money(amount: Decimal | int | None, currency: str, decimals: int | None = None) -> str:
    """An amount; nothing for None."""
    return "" if amount is None else formats.money(amount, currency, _locale(), decimals)


@register.simple_tag
def number(value: formats.Number | None, decimals: int | None = None) -> str:
    """A number; nothing for None."""
    return "" if value is None else formats.number(value, _locale(), decimals)


@register.simple_tag
def percent(share: formats.Number | None, decimals: int = 0) -> str:
    """A share; nothing for None."""
    return "" if share is None else formats.percent(share, _locale(), decimals)


@register.simple_tag
def count(total: int, exact: bool = True) -> str:
    """How many, said to be about so when it is an estimate."""
    return formats.count(total, exact, _locale())


@register.simple_tag
def day(value: dt.date | None) -> str:
    """A day; nothing for None."""
    return "" if value is None else formats.date(value, _locale())


@register.simple_tag
def ago(moment: dt.datetime | None) -> SafeString:
    """How long ago, with the full time in the title; nothing for None."""
    if moment is None:
        return SafeString("")
    text, full = formats.ago(moment, timezone.now(), _locale(), timezone.get_current_timezone())
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{full}">{text}</time>')


@register.simple_tag
def phone(e164: str, region: str = "NL") -> str:
    """A phone number as people say it."""
    return formats.phone(e164, region)


def _locale() -> str:
    return get_language() or "en"


def _drawn(context: Context, name: str, **values: Any) -> SafeString:
    engine = context.template.engine if context.template else None
    if engine is None:
        raise RuntimeError("This tag is drawn inside a template")
    return engine.get_template(name).render(context.new(values))
