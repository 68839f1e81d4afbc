from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "klantbeeld.platform.audit"
    label = "audit"

    def ready(self) -> None:
        from klantbeeld.platform.audit.position import settle
        from klantbeeld.platform.audit.triggers import put_on
        from klantbeeld.platform.tenancy import sealing

        sealing.register("history", put_on)
        sealing.register("order of changes", settle)
