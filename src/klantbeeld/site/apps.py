from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "klantbeeld.site"
    label = "site"
