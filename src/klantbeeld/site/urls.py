"""All addresses of the product: the only place that knows every package."""

urlpatterns: list = []
