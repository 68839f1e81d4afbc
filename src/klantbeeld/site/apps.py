from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "klantbeeld.site"
    label = "site"

    def ready(self) -> None:
        from klantbeeld.platform.records import writing
        from klantbeeld.site import assistant, menu, palette
        from klantbeeld.site.live.announcing import announce

        menu.compose()
        palette.compose()
        assistant.compose()
        writing.follow("live", announce)
