from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "klantbeeld.platform.notifications"
    label = "notifications"
