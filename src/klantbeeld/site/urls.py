"""All addresses of the product: the only place that knows every package."""

from django.urls import include, path
from django.views.generic import RedirectView

from klantbeeld.platform.search.views.palette import show_palette

urlpatterns = [
    path("", RedirectView.as_view(url="/customers/"), name="home"),
    path("account/", include("allauth.urls")),
    path("api/v1/", include("klantbeeld.platform.api.urls")),
    path("palette", show_palette, name="palette"),
    path("", include("klantbeeld.platform.search.urls")),
    path("", include("klantbeeld.platform.ui.urls")),
    path("", include("klantbeeld.platform.transfer.urls")),
    path("", include("klantbeeld.customers.urls")),
    path("", include("klantbeeld.interactions.urls")),
    path("", include("klantbeeld.platform.records.urls")),
]
