from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "klantbeeld.platform.events"
    label = "events"
