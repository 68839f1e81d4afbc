from django.urls import path

from klantbeeld.platform.records.boards.views import move_card, show_board, show_lane
from klantbeeld.platform.records.calendars.views import move_entry, show_calendar
from klantbeeld.platform.records.maps.views import show_map
from klantbeeld.platform.records.views.beside import show_beside
from klantbeeld.platform.records.views.columns import choose_columns
from klantbeeld.platform.records.views.condition import show_rows, suggest
from klantbeeld.platform.records.views.deleted import bring_back, show_deleted
from klantbeeld.platform.records.views.detail import show_detail, show_panel
from klantbeeld.platform.records.views.field import edit_field
from klantbeeld.platform.records.views.filter import edit_filter
from klantbeeld.platform.records.views.form import change, create, delete
from klantbeeld.platform.records.views.groups import show_group
from klantbeeld.platform.records.views.history import show_history
from klantbeeld.platform.records.views.listing import show_list
from klantbeeld.platform.records.views.related import show_related
from klantbeeld.platform.records.views.saved_view import delete_view, edit_view, move_view, new_view, overwrite_view
from klantbeeld.platform.records.views.undo import undo_change

app_name = "records"

urlpatterns = [
    path("<slug:slug>/", show_list, name="list"),
    path("<slug:slug>/board", show_board, name="board"),
    path("<slug:slug>/board/lane", show_lane, name="lane"),
    path("<slug:slug>/board/move", move_card, name="move_card"),
    path("<slug:slug>/calendar", show_calendar, name="calendar"),
    path("<slug:slug>/calendar/move", move_entry, name="move_entry"),
    path("<slug:slug>/map", show_map, name="map"),
    path("<slug:slug>/filter", edit_filter, name="filter"),
    path("<slug:slug>/columns", choose_columns, name="columns"),
    path("<slug:slug>/group", show_group, name="group"),
    path("<slug:slug>/views/new", new_view, name="new_view"),
    path("<slug:slug>/views/<uuid:view_id>/", edit_view, name="view"),
    path("<slug:slug>/views/<uuid:view_id>/save", overwrite_view, name="save_view"),
    path("<slug:slug>/views/<uuid:view_id>/move", move_view, name="move_view"),
    path("<slug:slug>/views/<uuid:view_id>/delete", delete_view, name="delete_view"),
    path("<slug:slug>/condition", show_rows, name="condition"),
    path("<slug:slug>/condition/suggestions", suggest, name="suggestions"),
    path("<slug:slug>/new", create, name="new"),
    path("<slug:slug>/deleted", show_deleted, name="deleted"),
    path("<slug:slug>/<uuid:record_id>/", show_detail, name="detail"),
    path("<slug:slug>/<uuid:record_id>/panel/<slug:key>", show_panel, name="panel"),
    path("<slug:slug>/<uuid:record_id>/related/<slug:name>", show_related, name="related"),
    path("<slug:slug>/<uuid:record_id>/beside", show_beside, name="beside"),
    path("<slug:slug>/<uuid:record_id>/edit", change, name="edit"),
    path("<slug:slug>/<uuid:record_id>/delete", delete, name="delete"),
    path("<slug:slug>/<uuid:record_id>/restore", bring_back, name="restore"),
    path("<slug:slug>/<uuid:record_id>/history", show_history, name="history"),
    path("<slug:slug>/<uuid:record_id>/undo/<int:change>", undo_change, name="undo"),
    path("<slug:slug>/<uuid:record_id>/field/<str:name>", edit_field, name="field"),
]
