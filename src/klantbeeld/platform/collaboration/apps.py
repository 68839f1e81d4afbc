from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "klantbeeld.platform.collaboration"
    label = "collaboration"

    def ready(self) -> None:
        from klantbeeld.platform.collaboration import handlers  # noqa: F401 - registers them
        from klantbeeld.platform.collaboration.day import add_day
        from klantbeeld.platform.collaboration.kinds import register_kinds
        from klantbeeld.platform.collaboration.panels import add_panels

        register_kinds()
        add_day()
        add_panels()
