import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.conditions.public import compile, parse
from klantbeeld.platform.conditions.tests.evaluator import holds
from klantbeeld.platform.conditions.tests.models import Person
from klantbeeld.platform.conditions.tests.strategies import conditions
from klantbeeld.platform.conditions.tests.world import CONTEXTS, PEOPLE, fill

pytestmark = pytest.mark.usefixtures("tables")
NOW = CONTEXTS[0]


@pytest.mark.parametrize("seed", range(2))
def test_sql_and_plain_python_choose_the_same_rows(seed):
    rows = fill(seed)

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(CONTEXTS).flatmap(lambda context: st.tuples(st.just(context), conditions(PEOPLE, context))))
    def agree(drawn):
        context, condition = drawn
        wanted = {key for key, row in rows.items() if holds(condition, row, PEOPLE, context)}
        with transaction.atomic():
            found = list(Person.objects.filter(compile(condition, PEOPLE, context)).values_list("id", flat=True))
        assert len(found) == len(set(found))
        assert set(found) == wanted

    agree()
