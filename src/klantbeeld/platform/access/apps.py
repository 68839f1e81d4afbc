from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "klantbeeld.platform.access"
    label = "access"
