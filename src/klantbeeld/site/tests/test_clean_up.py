from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from klantbeeld.platform.organisation.actions.make_set_up_link import make_set_up_link
from klantbeeld.platform.organisation.models import SetUpLink
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.models import Export
from klantbeeld.site.tasks import clean_up

pytestmark = pytest.mark.usefixtures("files")


def exported(actor, ends):
    with entered(Scope(actor.tenant.id, actor.member_id)):
        name = default_storage.save(f"exports/{actor.name}.csv", BytesIO(b"x"))
        return Export.objects.create(
            record_type="customers", format="csv", member_id=actor.member_id, file=name, expires_at=ends
        )


def file_of(export, actor):
    with entered(Scope(actor.tenant.id)):
        export.refresh_from_db()
        return export.file


def test_old_exports_of_every_organisation_lose_their_files(cast):
    now = timezone.now()
    fresh = exported(cast.bob, now + timedelta(minutes=1))
    old = [(exported(actor, now - timedelta(minutes=1)), actor) for actor in (cast.alice, cast.dave)]
    paths = [file_of(export, actor) for export, actor in old]
    with entered(None):
        clean_up(0)
    assert [file_of(export, actor) for export, actor in old] == ["", ""]
    assert not any(default_storage.exists(path) for path in paths)
    assert default_storage.exists(file_of(fresh, cast.bob))


def test_links_that_nobody_can_use_any_more_are_forgotten(cast):
    make_set_up_link(another=True)
    usable = SetUpLink.objects.get().pk
    now = timezone.now()
    SetUpLink.objects.create(digest="old", expires_at=now - timedelta(minutes=1))
    SetUpLink.objects.create(digest="used", expires_at=now + timedelta(hours=1), used_at=now)
    clean_up(0)
    assert [link.pk for link in SetUpLink.objects.all()] == [usable]
