from django.urls import path

from klantbeeld.platform.bulk_changes.views import changes, setting_up

app_name = "bulk_changes"

urlpatterns = [
    path("bulk/", changes.show_changes, name="changes"),
    path("bulk/<slug:slug>/do/<slug:key>", setting_up.begin_action, name="begin"),
    path("bulk/<uuid:change_id>/", changes.show_change, name="change"),
    path("bulk/<uuid:change_id>/setup", setting_up.set_up, name="setup"),
    path("bulk/<uuid:change_id>/run", setting_up.run, name="run"),
    path("bulk/<uuid:change_id>/progress", changes.show_progress, name="progress"),
    path("bulk/<uuid:change_id>/cancel", changes.cancel_change, name="cancel"),
    path("bulk/<uuid:change_id>/go-on", changes.go_on_changing, name="go_on"),
    path("bulk/<uuid:change_id>/undo", changes.undo_change, name="undo"),
]
