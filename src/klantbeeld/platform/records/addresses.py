"""The addresses of records' pages. Looking one up by its name takes Django longer than drawing a line of a list."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse


@lru_cache(maxsize=256)
def list_url(slug: str) -> str:
    """The list of a record type."""
    return reverse("records:list", args=[slug])


@lru_cache(maxsize=256)
def layout_url(slug: str, layout: str) -> str:
    """The records of a type laid out as a board, a calendar or a map; "" is the list."""
    return f"{list_url(slug)}{layout}"


@lru_cache(maxsize=256)
def new_url(slug: str) -> str:
    """The form for a new record."""
    return reverse("records:new", args=[slug])


def detail_url(slug: str, record_id: UUID) -> str:
    """The page of one record."""
    return f"{list_url(slug)}{record_id}/"
