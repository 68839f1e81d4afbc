"""The record types of commerce."""

from klantbeeld.commerce.records.order import OrderLineType, OrderType
from klantbeeld.commerce.records.product import ProductType

__all__ = ["OrderLineType", "OrderType", "ProductType"]
