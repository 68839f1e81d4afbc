from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "klantbeeld.platform.ui"
    label = "ui"
