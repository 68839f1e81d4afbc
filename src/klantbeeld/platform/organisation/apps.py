from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "klantbeeld.platform.organisation"
    label = "organisation"

    def ready(self) -> None:
        from klantbeeld.platform.access import abilities
        from klantbeeld.platform.organisation import jobs, names  # noqa: F401 - registers the kind of job

        for name, label in names.ABILITIES.items():
            abilities.register(name, label)
