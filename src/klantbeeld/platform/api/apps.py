from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "klantbeeld.platform.api"
    label = "api"

    def ready(self) -> None:
        from klantbeeld.platform.api.mcp.record_tools import offer_record_tools

        offer_record_tools()
