from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "klantbeeld.platform.events"
    label = "events"

    def ready(self) -> None:
        from klantbeeld.platform.events.sealing import open_the_dispatch
        from klantbeeld.platform.tenancy import sealing

        sealing.register("dispatch", open_the_dispatch)
