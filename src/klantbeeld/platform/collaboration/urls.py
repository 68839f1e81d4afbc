from django.urls import path

from klantbeeld.platform.collaboration.views.colleagues import find_colleagues
from klantbeeld.platform.collaboration.views.comments import edit, follow, remove, write

app_name = "collaboration"

urlpatterns = [
    path("<slug:slug>/<uuid:record_id>/comments", write, name="write"),
    path("<slug:slug>/<uuid:record_id>/follow", follow, name="follow"),
    path("<slug:slug>/<uuid:record_id>/colleagues", find_colleagues, name="colleagues"),
    path("<slug:slug>/<uuid:record_id>/comments/<uuid:comment_id>", edit, name="edit"),
    path("<slug:slug>/<uuid:record_id>/comments/<uuid:comment_id>/remove", remove, name="remove"),
]
