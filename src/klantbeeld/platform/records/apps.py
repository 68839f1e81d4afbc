from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "klantbeeld.platform.records"
    label = "records"

    def ready(self) -> None:
        from klantbeeld.platform.access import abilities
        from klantbeeld.platform.records import (
            checks,  # noqa: F401 - registers the checks
            own_types,
        )
        from klantbeeld.platform.records.registry import registry
        from klantbeeld.platform.records.saved_views.queries import MANAGE_VIEWS

        registry.own = own_types.current
        registry.look_again = own_types.look_again
        abilities.register(MANAGE_VIEWS, _("Change and remove views that colleagues share"))
