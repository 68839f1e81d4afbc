"""The record types of customers."""

from klantbeeld.customers.records.address import AddressType
from klantbeeld.customers.records.customer import CustomerType
from klantbeeld.customers.records.identifier import IdentifierType
from klantbeeld.customers.records.relationship import RelationshipType

__all__ = ["AddressType", "CustomerType", "IdentifierType", "RelationshipType"]
