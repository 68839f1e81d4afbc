from klantbeeld.commerce.models.order import Order, OrderLine
from klantbeeld.commerce.models.product import Product

__all__ = ["Order", "OrderLine", "Product"]
