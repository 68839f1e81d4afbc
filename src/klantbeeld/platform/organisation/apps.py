from django.apps import AppConfig
from django.urls import reverse


class OrganisationConfig(AppConfig):
    name = "klantbeeld.platform.organisation"
    label = "organisation"

    def ready(self) -> None:
        from klantbeeld.platform.access import abilities
        from klantbeeld.platform.organisation import jobs, names  # noqa: F401 - registers the kind of job
        from klantbeeld.platform.records import page_links

        for name, label in names.ABILITIES.items():
            abilities.register(name, label)
        page_links.add_page_link(
            page_links.PageLink(
                "who_can",
                names.WHO_CAN,
                "eye",
                lambda actor: actor.may(names.MANAGE_ROLES),
                lambda slug, record_id: reverse("organisation:who_can", args=[slug, record_id]),
            )
        )
