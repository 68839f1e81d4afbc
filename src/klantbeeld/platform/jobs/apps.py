from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "klantbeeld.platform.jobs"
    label = "jobs"
