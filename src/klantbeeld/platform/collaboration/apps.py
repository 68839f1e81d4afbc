from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    name = "klantbeeld.platform.collaboration"
    label = "collaboration"

    def ready(self) -> None:
        from klantbeeld.platform.collaboration.day import add_day
        from klantbeeld.platform.collaboration.kinds import register_kinds

        register_kinds()
        add_day()
