from django.urls import path

from klantbeeld.platform.search.views.lookup import look_up
from klantbeeld.platform.search.views.page import show_page
from klantbeeld.platform.search.views.palette import show_preview

app_name = "search"

urlpatterns = [
    path("search", show_page, name="page"),
    path("palette/preview/<slug:slug>/<uuid:record_id>", show_preview, name="preview"),
    path("lookup/<slug:slug>", look_up, name="lookup"),
]
