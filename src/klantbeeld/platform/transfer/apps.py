from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "klantbeeld.platform.transfer"
    label = "transfer"

    def ready(self) -> None:
        from klantbeeld.platform.transfer import exporting, importing, undoing  # noqa: F401 - registers the jobs
