"""Files of a test stand in a folder of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.public import prepare_here, resume_here
from klantbeeld.platform.transfer.uploading import receive


@pytest.fixture(autouse=True)
def own_files(files: Path) -> None:
    """No test of this package writes into another folder."""


@pytest.fixture
def bring_in() -> Any:
    """Import text as `actor`; `fields` overrides what the columns go into."""

    def run(actor: Any, record_type: str, text: str | bytes, **changes: Any) -> Import:
        name = changes.pop("name", "file.csv")
        content = text.encode() if isinstance(text, str) else text
        imported = receive(actor, registry.get(record_type), ContentFile(content), name)
        for column, field in changes.pop("fields", {}).items():
            for each in imported.mapping:
                if each["column"] == column:
                    each["field"] = field
        for attribute, value in changes.items():
            setattr(imported, attribute, value)
        return resume_here(prepare_here(actor, imported))

    return run
