"""The test tables live inside each test's transaction and vanish with it."""

import pytest
from django.db import connection

from klantbeeld.platform.conditions.tests.models import MODELS


@pytest.fixture
def tables(db: None) -> None:
    with connection.cursor() as cursor:
        # As the owner of the schema: the role that the product runs on may make no tables.
        cursor.execute("SET LOCAL ROLE NONE")
    with connection.schema_editor() as editor:
        for model in MODELS:
            editor.create_model(model)
