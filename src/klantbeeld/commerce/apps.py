from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "klantbeeld.commerce"
    label = "commerce"

    def ready(self) -> None:
        from klantbeeld.commerce import records  # noqa: F401 - registers the record types
        from klantbeeld.commerce.columns import add_columns
        from klantbeeld.commerce.order_source import order_things
        from klantbeeld.commerce.panels import add_panels
        from klantbeeld.interactions.public import register_source

        add_panels()
        add_columns()
        register_source("orders", order_things)
