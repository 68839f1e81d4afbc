from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "klantbeeld.site"
    label = "site"

    def ready(self) -> None:
        from klantbeeld.site.menu import compose

        compose()
