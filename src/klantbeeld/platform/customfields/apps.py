from django.apps import AppConfig


class CustomfieldsConfig(AppConfig):
    name = "klantbeeld.platform.customfields"
    label = "customfields"
