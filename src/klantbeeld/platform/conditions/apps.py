from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    name = "klantbeeld.platform.conditions"
    label = "conditions"
