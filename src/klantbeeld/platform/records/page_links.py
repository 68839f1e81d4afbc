"""Links to pages of other packages that are about one record, such as who can see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from klantbeeld.platform.access.actor import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class PageLink:
    """A link on the page of every record, for those to whom it is `visible`; `url` gets the type's slug and the id."""

    key: str
    label: "StrOrPromise"
    icon: str
    visible: Callable[[Actor], bool]
    url: Callable[[str, UUID], str]


_links: dict[str, PageLink] = {}


def add_page_link(link: PageLink) -> None:
    """Add a link. Raises ValueError when its key is taken."""
    if link.key in _links:
        raise ValueError(f"There is a link {link.key!r} already.")
    _links[link.key] = link


def page_links(actor: Actor, slug: str, record_id: UUID) -> "list[tuple[PageLink, str]]":
    """The links that this actor sees on a record's page, with their addresses."""
    return [(each, each.url(slug, record_id)) for each in _links.values() if each.visible(actor)]
