from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "klantbeeld.site"
    label = "site"

    def ready(self) -> None:
        from klantbeeld.platform.records import writing
        from klantbeeld.site import assistant, menu, palette, picked_records
        from klantbeeld.site.live.announcing import announce

        menu.compose()
        palette.compose()
        picked_records.compose()
        assistant.compose()
        writing.follow("live", announce)
