from django.urls import path

from klantbeeld.platform.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("settings/webhooks/", views.list_webhooks, name="list"),
    path("settings/webhooks/new", views.new_webhook, name="new"),
    path("settings/webhooks/<uuid:webhook_id>/", views.show_log, name="log"),
    path("settings/webhooks/<uuid:webhook_id>/edit", views.edit_webhook, name="edit"),
    path("settings/webhooks/<uuid:webhook_id>/start", views.start_again, name="start"),
    path("settings/webhooks/<uuid:webhook_id>/secret", views.new_secret, name="renew"),
    path("settings/webhooks/<uuid:webhook_id>/delete", views.remove, name="delete"),
    path("settings/webhooks/<uuid:webhook_id>/<uuid:delivery_id>/again", views.replay, name="again"),
]
