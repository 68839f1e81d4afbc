"""Names of this package that are stored: abilities, kinds of jobs."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE

MANAGE_ROLES = "roles.manage"
MANAGE_FIELDS = "fields.manage"

ABILITIES = {
    MANAGE_PEOPLE: _("Add and change colleagues and teams"),
    MANAGE_ROLES: _("Make and change roles"),
    MANAGE_FIELDS: _("Add and change own fields"),
}

INDEX_KIND = "index_own_field"
WHO_CAN = _("Who can see this?")
