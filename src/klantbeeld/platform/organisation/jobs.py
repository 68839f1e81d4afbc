"""Background work of this package: indexes for own fields."""

from django.utils.translation import gettext as _

from klantbeeld.platform.customfields.public import CustomField
from klantbeeld.platform.jobs.public import Progress, job
from klantbeeld.platform.kernel.errors import Refused
from klantbeeld.platform.organisation.indexing import INDEXED_KINDS, drop_own_index, index_own_field
from klantbeeld.platform.organisation.names import INDEX_KIND
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import current_tenant_id


@job(INDEX_KIND)
def index_field(progress: Progress) -> None:
    """Bring the index of an own field in line with it: made when it can serve, removed when the field is gone."""
    slug, key = progress.job.arguments["record_type"], progress.job.arguments["key"]
    tenant_id = current_tenant_id()
    record_type = registry.find(slug)
    if record_type is None:
        raise Refused(_("There is no such kind of record."))
    progress.report(0, 1)
    if CustomField.objects.filter(record_type=slug, key=key, kind__in=INDEXED_KINDS).exists():
        index_own_field(record_type, tenant_id, key)
    else:
        drop_own_index(record_type, tenant_id, key)
    progress.report(1, 1)
