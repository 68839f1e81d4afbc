"""All addresses of the product: the only place that knows every package."""

from django.urls import include, path

from klantbeeld.platform.api.mcp.endpoint import serve_assistant
from klantbeeld.platform.search.views.palette import show_palette
from klantbeeld.site.views.today import finish_task, show_today

urlpatterns = [
    path("", show_today, name="home"),
    path("today/tasks/<uuid:task_id>/done", finish_task, name="finish_task"),
    path("account/", include("klantbeeld.platform.signon.urls")),
    path("account/", include("allauth.urls")),
    path("api/v1/", include("klantbeeld.platform.api.urls")),
    path("mcp", serve_assistant, name="assistant"),
    path("", include("klantbeeld.platform.ui.urls")),
    path("palette", show_palette, name="palette"),
    path("", include("klantbeeld.platform.search.urls")),
    path("", include("klantbeeld.platform.transfer.urls")),
    path("", include("klantbeeld.platform.notifications.urls")),
    path("", include("klantbeeld.platform.collaboration.urls")),
    path("", include("klantbeeld.platform.bulk_changes.urls")),
    path("", include("klantbeeld.customers.urls")),
    path("", include("klantbeeld.interactions.urls")),
    path("", include("klantbeeld.platform.webhooks.urls")),
    path("", include("klantbeeld.platform.organisation.urls")),
    path("", include("klantbeeld.platform.records.urls")),
]
