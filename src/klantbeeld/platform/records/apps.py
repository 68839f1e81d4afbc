from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "klantbeeld.platform.records"
    label = "records"
