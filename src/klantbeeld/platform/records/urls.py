from django.urls import path

from klantbeeld.platform.records.views.beside import show_beside
from klantbeeld.platform.records.views.deleted import bring_back, show_deleted
from klantbeeld.platform.records.views.detail import show_detail, show_panel
from klantbeeld.platform.records.views.field import edit_field
from klantbeeld.platform.records.views.filter import edit_filter
from klantbeeld.platform.records.views.form import change, create, delete
from klantbeeld.platform.records.views.history import show_history
from klantbeeld.platform.records.views.listing import show_list
from klantbeeld.platform.records.views.undo import undo_change

app_name = "records"

urlpatterns = [
    path("<slug:slug>/", show_list, name="list"),
    path("<slug:slug>/filter", edit_filter, name="filter"),
    path("<slug:slug>/new", create, name="new"),
    path("<slug:slug>/deleted", show_deleted, name="deleted"),
    path("<slug:slug>/<uuid:record_id>/", show_detail, name="detail"),
    path("<slug:slug>/<uuid:record_id>/panel/<slug:key>", show_panel, name="panel"),
    path("<slug:slug>/<uuid:record_id>/beside", show_beside, name="beside"),
    path("<slug:slug>/<uuid:record_id>/edit", change, name="edit"),
    path("<slug:slug>/<uuid:record_id>/delete", delete, name="delete"),
    path("<slug:slug>/<uuid:record_id>/restore", bring_back, name="restore"),
    path("<slug:slug>/<uuid:record_id>/history", show_history, name="history"),
    path("<slug:slug>/<uuid:record_id>/undo/<int:change>", undo_change, name="undo"),
    path("<slug:slug>/<uuid:record_id>/field/<str:name>", edit_field, name="field"),
]
