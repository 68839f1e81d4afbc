from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "klantbeeld.interactions"
    label = "interactions"

    def ready(self) -> None:
        from klantbeeld.interactions import records  # noqa: F401 - registers the record types
        from klantbeeld.interactions.sealing import forbid_updates
        from klantbeeld.platform.tenancy import sealing

        sealing.register("ledger", forbid_updates)
