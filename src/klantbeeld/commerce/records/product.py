"""The record type of products."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.commerce.models import Product
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.record_type import RecordType, Related, SearchBy, Section, View
from klantbeeld.platform.records.registry import register


@register
class ProductType(RecordType):
    slug = "products"
    model = Product
    label = _("product")
    label_plural = _("products")
    icon = "package"
    subtitle = "sku"
    fields = ("name", "sku", "price", "currency", "active", "created_at")
    changes = {"price": {"kind": Kind.MONEY, "currency_field": "currency"}}
    columns = ("name", "sku", "price", "active")
    phone = {"name": "a", "price": "b", "sku": "c"}
    sortable = {"name": "name", "created_at": "created_at"}
    sort = "name"
    sections = (Section(_("Product"), ("name", "sku", "price", "currency", "active")),)
    quick = ("name", "sku", "price")
    search = SearchBy(b=("sku",))
    views = (View("on-sale", _("On sale"), {"all": [{"field": "active", "op": "is", "value": True}]}),)
    related = (Related("lines", _("order lines"), "order-lines", "product"),)
    import_keys = ("sku",)
    synonyms = {
        "sku": ("stock code", "code", "product id", "artikelnummer", "productnummer", "ean"),
        "name": ("description", "product", "omschrijving", "artikel"),
        "price": ("unit price", "prijs"),
    }
