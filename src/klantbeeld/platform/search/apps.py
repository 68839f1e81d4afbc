from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "klantbeeld.platform.search"
    label = "search"
