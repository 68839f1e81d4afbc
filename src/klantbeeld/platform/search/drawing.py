"""Hits as lines of the palette."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.search.finding import Hit
from klantbeeld.platform.ui import components, palette


def url_of(hit: Hit) -> str:
    """The page of the record."""
    return detail_url(hit.record_type.slug, hit.id)


def sign_of(hit: Hit, size: str = "") -> SafeString:
    """An avatar where the type has them, else its icon."""
    avatar = hit.record_type.avatar
    if avatar is not None and avatar in hit.row:
        return components.avatar(hit.title, hit.id, hit.row[avatar], size)
    return components.icon(hit.record_type.icon)


def line(hit: Hit) -> palette.Hit:
    """The hit as one line, with a preview beside it."""
    return palette.Hit(
        title=hit.title or _("(no name)"),
        url=url_of(hit),
        sign=sign_of(hit),
        note=hit.subtitle,
        preview=reverse("search:preview", args=[hit.record_type.slug, hit.id]),
    )


def groups(hits: Sequence[Hit], limit: int) -> list[palette.Group]:
    """The hits under the names of their types, at most `limit` under each; the type of the best hit comes first."""
    by_type: dict[str, list[Hit]] = {}
    for hit in hits:
        by_type.setdefault(hit.record_type.slug, []).append(hit)
    return [
        palette.Group(capfirst(str(of_type[0].record_type.label_plural)), [line(hit) for hit in of_type[:limit]])
        for of_type in by_type.values()
    ]
