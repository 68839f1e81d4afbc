from django.urls import path

from klantbeeld.platform.notifications.views.listing import count, mark, mark_all, open_notification, show_list
from klantbeeld.platform.notifications.views.settings import edit_preferences

app_name = "notifications"

urlpatterns = [
    path("notifications/", show_list, name="list"),
    path("notifications/count", count, name="count"),
    path("notifications/read", mark_all, name="mark_all"),
    path("notifications/settings", edit_preferences, name="settings"),
    path("notifications/<uuid:notification_id>/", open_notification, name="open"),
    path("notifications/<uuid:notification_id>/mark", mark, name="mark"),
]
