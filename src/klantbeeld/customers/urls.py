from django.urls import path

from klantbeeld.customers.views.belongings import add, end, remove
from klantbeeld.customers.views.why import show_why

app_name = "customers"

urlpatterns = [
    path("customers/<uuid:customer_id>/why/<slug:key>", show_why, name="why"),
    path("customers/<uuid:customer_id>/add/<slug:slug>", add, name="add"),
    path("relationships/<uuid:record_id>/end", end, name="end"),
    path("<slug:slug>/<uuid:record_id>/remove", remove, name="remove"),
]
