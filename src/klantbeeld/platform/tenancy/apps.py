from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "klantbeeld.platform.tenancy"
    label = "tenancy"
