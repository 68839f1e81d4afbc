"""Whatever is sent, the API does what its own OpenAPI document says; for every record type."""

import os
from contextlib import suppress
from itertools import islice

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from klantbeeld.platform.api.tests.conftest import examples, token_of
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.records.registry import registry

# What is well-formed can still be wrong: a link to nothing, a cursor that no list gave out, an order without a number.
_WELL_FORMED_BUT_WRONG = ["2xx", "400", "401", "403", "404", "409", "412", "422"]
_CHECKS = {"checks": {"positive_data_acceptance": {"expected-statuses": _WELL_FORMED_BUT_WRONG}}}
EXAMPLES = int(os.environ.get("KLANTBEELD_EXAMPLES", "3"))
EDGES_PER_EXAMPLE = 2
_BOUNDED = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def own_fields(cast):
    kinds = ["text", "long_text", "number", "money", "date", "datetime", "boolean", "choice", "multi_choice"]
    choices = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    for kind in kinds:
        given = choices if "choice" in kind else []
        CustomField.objects.create(record_type="customers", key=f"own_{kind}", label=kind, kind=kind, choices=given)
    forget()


@pytest.fixture
def one_transaction():
    """The server closes its connection between requests, and the test's transaction with it; not here."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(cast, own_fields, one_transaction):
    """The API as Alice's token sees it, and the ids of a record of every type."""
    made = examples(cast.alice)
    headers = {"Authorization": f"Bearer {token_of(cast.alice)}"}
    config = SchemathesisConfig.from_dict(_CHECKS | {"headers": headers})
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=config, headers=headers)
    return schema, {slug: str(each.pk) for slug, each in made.items()}, headers


@pytest.mark.parametrize("slug", ["me", "openapi.json", *registry.by_slug])
def test_the_api_does_what_its_document_says(described, slug):
    schema, ids, headers = described
    operations = [each.ok() for each in schema.include(path_regex=f"^/{slug}(/|$)").get_all_operations()]
    assert operations
    for operation in operations:
        _meet_the_edges(operation, ids.get(slug), headers)
        for mode in GenerationMode:
            # Ids out of the blue only ever meet nothing; the record that is there is met as well.
            for known in ({}, {"record_id": ids[slug]}) if "record_id" in operation.path else ({},):
                _meet(operation.as_strategy(mode, path_parameters=known or None), headers)


def _meet_the_edges(operation, record_id, headers):
    """What schemathesis calls coverage: the bounds, kinds and omissions of each parameter in turn. There are thousands
    for an operation with a body of many fields; `KLANTBEELD_EXAMPLES` says how far to go."""
    for mode in GenerationMode:
        cases = operation.schema.iter_coverage_cases(
            operation, generation_modes=[mode], generation_config=operation.schema.config.generation
        )
        for case in islice(cases, EXAMPLES * EDGES_PER_EXAMPLE):
            if record_id and "record_id" in case.path_parameters and mode is GenerationMode.POSITIVE:
                case.path_parameters["record_id"] = record_id
            _hold(case, headers)


def _hold(case, headers):
    with transaction.atomic():
        case.call_and_validate(headers=headers)
        transaction.set_rollback(True)


def _meet(cases, headers):
    @_BOUNDED
    @given(case=cases)
    def holds(case):
        _hold(case, headers)

    # An operation without any input can't be given a wrong one.
    with suppress(Unsatisfiable):
        holds()
