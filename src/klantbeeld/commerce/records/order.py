"""The record types of orders and their lines."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.commerce.actions.import_orders import OrderBulk, OrderLineBulk
from klantbeeld.commerce.actions.save_order import OrderLineWriter, OrderWriter
from klantbeeld.commerce.models import Order, OrderLine
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.record_type import Board, RecordType, Related, SearchBy, Section, View
from klantbeeld.platform.records.registry import register


@register
class OrderType(RecordType):
    slug = "orders"
    model = Order
    label = _("order")
    label_plural = _("orders")
    icon = "shopping-bag"
    tone = "order"
    owner = "customer__owner"
    title = "number"
    fields = (
        "number",
        "kind",
        "status",
        "customer",
        "placed_at",
        "total",
        "line_count",
        "currency",
        "country",
        "created_at",
    )
    changes = {
        "customer": {"target": "customers"},
        "placed_at": {"required": False},
        "total": {"kind": Kind.MONEY, "currency_field": "currency"},
    }
    columns = ("number", "customer", "placed_at", "kind", "status", "line_count", "total")
    phone = {"number": "a", "total": "b", "customer": "c", "placed_at": "d"}
    board = Board(by="status", total="total", lines=("customer", "placed_at"))
    days = ("placed_at",)
    sortable = {"placed_at": "placed_at", "total": "total", "created_at": "created_at"}
    sort = "-placed_at"
    sections = (Section(_("Order"), ("number", "kind", "status", "customer", "placed_at", "currency", "country")),)
    views = (
        View("credit", _("Credit notes"), {"all": [{"field": "kind", "op": "is", "value": "credit_note"}]}),
        View("nobody", _("Without a customer"), {"all": [{"field": "customer", "op": "is_empty"}]}),
    )
    search = SearchBy()
    related = (Related("lines", _("lines"), "order-lines", "order"),)
    import_keys = ("number",)
    synonyms = {
        "number": (
            "order",
            "order number",
            "order id",
            "invoice",
            "invoice no",
            "ordernummer",
            "factuurnummer",
            "bestelnummer",
        ),
        "customer": ("customer id", "customer number", "klant", "klantnummer"),
        "placed_at": ("date", "order date", "invoice date", "datum", "besteldatum", "factuurdatum"),
        "kind": ("type", "soort"),
    }
    writer = OrderWriter
    bulk = OrderBulk


@register
class OrderLineType(RecordType):
    slug = "order-lines"
    model = OrderLine
    label = _("order line")
    label_plural = _("order lines")
    icon = "list"
    tone = "order"
    owner = "order__customer__owner"
    title = "description"
    fields = ("description", "order", "product", "quantity", "unit_price", "amount", "external_id", "created_at")
    changes = {
        "order": {"target": "orders"},
        "product": {"target": "products"},
        "unit_price": {"kind": Kind.MONEY},
        "amount": {"kind": Kind.MONEY},
    }
    columns = ("description", "order", "product", "quantity", "unit_price", "amount")
    phone = {"description": "a", "amount": "b", "product": "c", "order": "d"}
    sortable = {"created_at": "created_at"}
    sections = (Section(_("Order line"), ("order", "product", "description", "quantity", "unit_price")),)
    import_keys = ("external_id",)
    synonyms = {
        "order": ("order number", "order id", "invoice", "invoice no", "ordernummer", "factuurnummer"),
        "product": ("sku", "product number", "stock code", "artikel", "artikelnummer", "productnummer"),
        "quantity": ("amount of pieces", "qty", "aantal"),
        "unit_price": ("price", "price each", "prijs", "stukprijs"),
        "external_id": ("line", "line id", "regel", "regelnummer"),
    }
    writer = OrderLineWriter
    bulk = OrderLineBulk
