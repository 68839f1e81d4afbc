"""What others use of this package: making an organisation with its first roles and owner, and the nightly tidying."""

from klantbeeld.platform.organisation.actions.remove_expired_links import remove_expired_links
from klantbeeld.platform.organisation.actions.set_up_organisation import NewOrganisation, NewOwner, set_up_organisation
from klantbeeld.platform.organisation.roles_to_start_with import default_roles, make_default_roles

__all__ = [
    "NewOrganisation",
    "NewOwner",
    "default_roles",
    "make_default_roles",
    "remove_expired_links",
    "set_up_organisation",
]
