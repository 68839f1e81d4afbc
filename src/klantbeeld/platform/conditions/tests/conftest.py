"""The test tables live inside each test's transaction and vanish with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.db import connection
from django.utils import translation
from django.utils.translation import trans_real

from klantbeeld.platform.conditions.tests.models import MODELS

DUTCH = Path(__file__).parents[1] / "locale" / "nl" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def tables(db: None) -> None:
    with connection.cursor() as cursor:
        # As the owner of the schema: the role that the product runs on may make no tables.
        cursor.execute("SET LOCAL ROLE NONE")
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)


@pytest.fixture(scope="session")
def dutch_words() -> None:
    """Compile the Dutch words if that hasn't been done since they changed."""
    compiled = DUTCH.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= DUTCH.stat().st_mtime:
        return
    with DUTCH.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source))
    trans_real._translations.clear()


@pytest.fixture
def dutch(dutch_words: None) -> Iterator[None]:
    with translation.override("nl"):
        yield
