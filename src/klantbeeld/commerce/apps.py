from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "klantbeeld.commerce"
    label = "commerce"

    def ready(self) -> None:
        from klantbeeld.commerce import records  # noqa: F401 - registers the record types
