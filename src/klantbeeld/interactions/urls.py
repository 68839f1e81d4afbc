from django.urls import path

from klantbeeld.interactions.views.compose import write_down
from klantbeeld.interactions.views.finish import finish
from klantbeeld.interactions.views.timeline import show_timeline

app_name = "interactions"

urlpatterns = [
    path("customers/<uuid:customer_id>/timeline", show_timeline, name="timeline"),
    path("customers/<uuid:customer_id>/write-down", write_down, name="write-down"),
    path("tasks/<uuid:task_id>/done", finish, name="finish"),
]
