from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "klantbeeld.platform.access"
    label = "access"

    def ready(self) -> None:
        from klantbeeld.platform.access.sealing import make_function
        from klantbeeld.platform.tenancy import sealing

        sealing.register("organisations", make_function)
