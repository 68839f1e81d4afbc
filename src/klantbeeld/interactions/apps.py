from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "klantbeeld.interactions"
    label = "interactions"

    def ready(self) -> None:
        from klantbeeld.interactions import records  # noqa: F401 - registers the record types
        from klantbeeld.interactions.day import add_day
        from klantbeeld.interactions.panels import add_panels
        from klantbeeld.interactions.reminder_kind import register_reminders
        from klantbeeld.interactions.sources import register_source
        from klantbeeld.interactions.task_source import task_things

        add_panels()
        add_day()
        register_reminders()
        register_source("tasks", task_things, own_text=True, copies=("title", "note"))
