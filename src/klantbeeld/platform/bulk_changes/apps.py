from django.apps import AppConfig


class BulkChangesConfig(AppConfig):
    name = "klantbeeld.platform.bulk_changes"
    label = "bulk_changes"

    def ready(self) -> None:
        from klantbeeld.platform.bulk_changes import list_part, own_actions, running, undoing  # noqa: F401 - the jobs

        own_actions.register()
        list_part.register()
