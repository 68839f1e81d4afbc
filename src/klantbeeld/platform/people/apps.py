from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "klantbeeld.platform.people"
    label = "people"
