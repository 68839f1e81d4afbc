from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "klantbeeld.platform.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from klantbeeld.platform.access import abilities
        from klantbeeld.platform.events.public import follow_all
        from klantbeeld.platform.tenancy import sealing
        from klantbeeld.platform.webhooks.fan_out import fan_out
        from klantbeeld.platform.webhooks.names import ABILITIES
        from klantbeeld.platform.webhooks.sealing import open_the_deliveries

        for name, label in ABILITIES.items():
            abilities.register(name, label)
        follow_all("webhooks", fan_out)
        sealing.register("webhooks", open_the_deliveries)
