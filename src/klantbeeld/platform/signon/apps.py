from django.apps import AppConfig


class SignOnConfig(AppConfig):
    name = "klantbeeld.platform.signon"
    label = "signon"
