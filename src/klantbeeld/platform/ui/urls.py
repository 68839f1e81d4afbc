from django.urls import path
from django.views.i18n import set_language

from klantbeeld.platform.ui import views

app_name = "ui"

urlpatterns = [
    path("parts", views.parts, name="parts"),
    path("language", set_language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
