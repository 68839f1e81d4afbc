from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "klantbeeld.platform.records"
    label = "records"

    def ready(self) -> None:
        from klantbeeld.platform.records import (
            checks,  # noqa: F401 - registers the checks
            own_types,
        )
        from klantbeeld.platform.records.registry import registry

        registry.own = own_types.current
