from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "klantbeeld.platform.api"
    label = "api"
