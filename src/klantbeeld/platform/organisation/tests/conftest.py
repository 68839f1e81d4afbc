import pytest

from klantbeeld.platform.access import actor as actors
from klantbeeld.platform.access.models import MemberRole, Role


@pytest.fixture
def give(cast):
    """A function that gives Bob one more role with these grants, and returns him as an actor."""

    def given(**grants):
        role = Role.objects.create(name="Besides", grants=grants)
        MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
        return actors.of_member(cast.tenant, cast.bob.member_id)

    return given


@pytest.fixture(autouse=True)
def any_host(settings):
    settings.ALLOWED_HOSTS = ["*"]
