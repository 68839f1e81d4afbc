from klantbeeld.customers.models.address import Address
from klantbeeld.customers.models.customer import Customer
from klantbeeld.customers.models.identifier import Identifier
from klantbeeld.customers.models.relationship import Relationship

__all__ = ["Address", "Customer", "Identifier", "Relationship"]
