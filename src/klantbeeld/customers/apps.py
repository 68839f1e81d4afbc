from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "klantbeeld.customers"
    label = "customers"

    def ready(self) -> None:
        from klantbeeld.customers import records  # noqa: F401 - registers the record types
        from klantbeeld.customers.panels import add_panels
        from klantbeeld.customers.recognising import known_by
        from klantbeeld.platform.search.public import recognise

        add_panels()
        recognise("customers", known_by)
