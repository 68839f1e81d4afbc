from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "klantbeeld.platform.transfer"
    label = "transfer"
