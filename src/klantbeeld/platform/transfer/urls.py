from django.urls import path

from klantbeeld.platform.transfer.views import exports, imports, setting_up

app_name = "transfer"

urlpatterns = [
    path("import/", imports.show_imports, name="imports"),
    path("import/new", setting_up.upload, name="new"),
    path("import/<uuid:import_id>/", imports.show_import, name="import"),
    path("import/<uuid:import_id>/setup", setting_up.set_up, name="setup"),
    path("import/<uuid:import_id>/progress", imports.show_progress, name="progress"),
    path("import/<uuid:import_id>/cancel", imports.cancel_import, name="cancel"),
    path("import/<uuid:import_id>/undo", imports.undo_import, name="undo"),
    path("import/<uuid:import_id>/go-on", imports.go_on_importing, name="go_on"),
    path("import/<uuid:import_id>/refused", imports.download_refused, name="refused"),
    path("export/", exports.show_exports, name="exports"),
    path("export/<slug:slug>", exports.ask_export, name="export"),
    path("export/<uuid:export_id>/", exports.show_export, name="exported"),
    path("export/<uuid:export_id>/progress", exports.show_progress, name="export_progress"),
    path("export/<uuid:export_id>/cancel", exports.cancel_export, name="export_cancel"),
    path("export/<uuid:export_id>/file", exports.download, name="download"),
]
