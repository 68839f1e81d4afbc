from django.urls import path

from klantbeeld.platform.ui import views

app_name = "ui"

urlpatterns = [
    path("parts", views.parts, name="parts"),
    path("language", views.language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
