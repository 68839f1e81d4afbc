"""The records of Klantbeeld as types. Made by `./klantbeeld manage make_client`; don't change it by hand."""

from typing import Any, Literal, NotRequired, Required, TypedDict

from klantbeeld_client.connection import Connection, Records


class Link(TypedDict):
    """What a record is linked to; the label is None when it may not be seen."""

    id: str
    label: str | None


class LinkTo(TypedDict):
    """A link as it may be written."""

    id: str
    label: NotRequired[str | None]


class Address(TypedDict, total=False):
    id: Required[str]
    customer: Link
    kind: Literal['main', 'billing', 'delivery', 'former']
    street: str | None
    house_number: str | None
    postcode: str | None
    city: str
    country: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewAddress(TypedDict, total=False):
    customer: Required[str | LinkTo]
    kind: Literal['main', 'billing', 'delivery', 'former'] | None
    street: str | None
    house_number: str | None
    postcode: str | None
    city: Required[str]
    country: str | None
    custom: dict[str, Any]


class AddressChanges(TypedDict, total=False):
    customer: str | LinkTo
    kind: Literal['main', 'billing', 'delivery', 'former'] | None
    street: str | None
    house_number: str | None
    postcode: str | None
    city: str
    country: str | None
    custom: dict[str, Any]


class Customer(TypedDict, total=False):
    id: Required[str]
    name: str | None
    kind: Literal['person', 'organisation', 'household']
    given_name: str | None
    family_prefix: str | None
    family_name: str | None
    birth_date: str | None
    external_id: str | None
    email: str | None
    phone: str | None
    street: str | None
    house_number: str | None
    postcode: str | None
    city: str | None
    country: str | None
    vat_number: str | None
    kvk_number: str | None
    stage: Literal['lead', 'prospect', 'customer', 'former']
    language: Literal['en', 'nl'] | None
    timezone: str | None
    owner: Link | None
    since: str | None
    last_contact_at: str | None
    order_count: int
    last_order_at: str | None
    revenue: str
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewCustomer(TypedDict, total=False):
    name: str | None
    kind: Literal['person', 'organisation', 'household'] | None
    given_name: str | None
    family_prefix: str | None
    family_name: str | None
    birth_date: str | None
    external_id: str | None
    email: str | None
    phone: str | None
    street: str | None
    house_number: str | None
    postcode: str | None
    city: str | None
    country: str | None
    vat_number: str | None
    kvk_number: str | None
    stage: Literal['lead', 'prospect', 'customer', 'former'] | None
    language: Literal['en', 'nl'] | None
    timezone: str | None
    owner: str | LinkTo | None
    since: str | None
    custom: dict[str, Any]


class CustomerChanges(TypedDict, total=False):
    name: str | None
    kind: Literal['person', 'organisation', 'household'] | None
    given_name: str | None
    family_prefix: str | None
    family_name: str | None
    birth_date: str | None
    external_id: str | None
    email: str | None
    phone: str | None
    street: str | None
    house_number: str | None
    postcode: str | None
    city: str | None
    country: str | None
    vat_number: str | None
    kvk_number: str | None
    stage: Literal['lead', 'prospect', 'customer', 'former'] | None
    language: Literal['en', 'nl'] | None
    timezone: str | None
    owner: str | LinkTo | None
    since: str | None
    custom: dict[str, Any]


class Identifier(TypedDict, total=False):
    id: Required[str]
    customer: Link
    kind: Literal['email', 'phone', 'vat', 'kvk', 'iban', 'external', 'handle', 'loyalty', 'cookie']
    shown: str
    value: str | None
    source: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewIdentifier(TypedDict, total=False):
    customer: Required[str | LinkTo]
    kind: Required[Literal['email', 'phone', 'vat', 'kvk', 'iban', 'external', 'handle', 'loyalty', 'cookie']]
    shown: Required[str]
    source: str | None
    custom: dict[str, Any]


class IdentifierChanges(TypedDict, total=False):
    customer: str | LinkTo
    kind: Literal['email', 'phone', 'vat', 'kvk', 'iban', 'external', 'handle', 'loyalty', 'cookie']
    shown: str
    source: str | None
    custom: dict[str, Any]


class Relationship(TypedDict, total=False):
    id: Required[str]
    customer: Link
    role: Literal['works_at', 'contact_of', 'owns', 'member_of', 'lives_with', 'parent_of', 'part_of', 'brought_in']
    other: Link
    function: str | None
    begins_on: str | None
    ends_on: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewRelationship(TypedDict, total=False):
    customer: Required[str | LinkTo]
    role: Required[Literal['works_at', 'contact_of', 'owns', 'member_of', 'lives_with', 'parent_of', 'part_of', 'brought_in']]
    other: Required[str | LinkTo]
    function: str | None
    begins_on: str | None
    ends_on: str | None
    custom: dict[str, Any]


class RelationshipChanges(TypedDict, total=False):
    customer: str | LinkTo
    role: Literal['works_at', 'contact_of', 'owns', 'member_of', 'lives_with', 'parent_of', 'part_of', 'brought_in']
    other: str | LinkTo
    function: str | None
    begins_on: str | None
    ends_on: str | None
    custom: dict[str, Any]


class Interaction(TypedDict, total=False):
    id: Required[str]
    summary: str | None
    customer: Link
    at: str
    channel: Literal['mail', 'call', 'meeting', 'chat', 'post', 'visit', 'ticket', 'order', 'note', 'task']
    direction: Literal['in', 'out', 'internal']
    member: Link | None
    body: str | None
    seconds: int | None
    source: str | None
    created_at: str
    written_by: Link | None
    origin: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewInteraction(TypedDict, total=False):
    summary: str | None
    customer: Required[str | LinkTo]
    at: str | None
    channel: Required[Literal['mail', 'call', 'meeting', 'chat', 'post', 'visit', 'ticket', 'order', 'note', 'task']]
    direction: Literal['in', 'out', 'internal'] | None
    member: str | LinkTo | None
    body: str | None
    seconds: int | None
    custom: dict[str, Any]


class InteractionChanges(TypedDict, total=False):
    summary: str | None
    customer: str | LinkTo
    at: str | None
    channel: Literal['mail', 'call', 'meeting', 'chat', 'post', 'visit', 'ticket', 'order', 'note', 'task']
    direction: Literal['in', 'out', 'internal'] | None
    member: str | LinkTo | None
    body: str | None
    seconds: int | None
    custom: dict[str, Any]


class Task(TypedDict, total=False):
    id: Required[str]
    title: str
    customer: Link | None
    owner: Link | None
    due_on: str | None
    due_time: str | None
    remind: Literal['day_before', 'on_the_day', 'hour_before'] | None
    remind_on: str | None
    repeats: Literal['daily', 'workdays', 'weekly', 'fortnightly', 'monthly', 'yearly'] | None
    done_at: str | None
    note: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewTask(TypedDict, total=False):
    title: Required[str]
    customer: str | LinkTo | None
    owner: str | LinkTo | None
    due_on: str | None
    due_time: str | None
    remind: Literal['day_before', 'on_the_day', 'hour_before'] | None
    remind_on: str | None
    repeats: Literal['daily', 'workdays', 'weekly', 'fortnightly', 'monthly', 'yearly'] | None
    done_at: str | None
    note: str | None
    custom: dict[str, Any]


class TaskChanges(TypedDict, total=False):
    title: str
    customer: str | LinkTo | None
    owner: str | LinkTo | None
    due_on: str | None
    due_time: str | None
    remind: Literal['day_before', 'on_the_day', 'hour_before'] | None
    remind_on: str | None
    repeats: Literal['daily', 'workdays', 'weekly', 'fortnightly', 'monthly', 'yearly'] | None
    done_at: str | None
    note: str | None
    custom: dict[str, Any]


class Order(TypedDict, total=False):
    id: Required[str]
    number: str
    kind: Literal['order', 'credit_note']
    status: Literal['open', 'shipped', 'completed', 'cancelled']
    customer: Link | None
    placed_at: str
    total: str
    line_count: int
    currency: str | None
    country: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewOrder(TypedDict, total=False):
    number: Required[str]
    kind: Literal['order', 'credit_note'] | None
    status: Literal['open', 'shipped', 'completed', 'cancelled'] | None
    customer: str | LinkTo | None
    placed_at: str | None
    currency: str | None
    country: str | None
    custom: dict[str, Any]


class OrderChanges(TypedDict, total=False):
    number: str
    kind: Literal['order', 'credit_note'] | None
    status: Literal['open', 'shipped', 'completed', 'cancelled'] | None
    customer: str | LinkTo | None
    placed_at: str | None
    currency: str | None
    country: str | None
    custom: dict[str, Any]


class OrderLine(TypedDict, total=False):
    id: Required[str]
    description: str | None
    order: Link
    product: Link | None
    quantity: int
    unit_price: str
    amount: str
    external_id: str | None
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewOrderLine(TypedDict, total=False):
    description: str | None
    order: Required[str | LinkTo]
    product: str | LinkTo | None
    quantity: int | None
    unit_price: Required[str]
    external_id: str | None
    custom: dict[str, Any]


class OrderLineChanges(TypedDict, total=False):
    description: str | None
    order: str | LinkTo
    product: str | LinkTo | None
    quantity: int | None
    unit_price: str
    external_id: str | None
    custom: dict[str, Any]


class Product(TypedDict, total=False):
    id: Required[str]
    name: str
    sku: str
    price: str | None
    currency: str | None
    active: bool
    created_at: str
    expanded: dict[str, Any]
    custom: dict[str, Any]


class NewProduct(TypedDict, total=False):
    name: Required[str]
    sku: Required[str]
    price: str | None
    currency: str | None
    active: bool | None
    custom: dict[str, Any]


class ProductChanges(TypedDict, total=False):
    name: str
    sku: str
    price: str | None
    currency: str | None
    active: bool | None
    custom: dict[str, Any]


class Client(Connection):
    """Klantbeeld: a server, a token, and the records of each type."""

    def __init__(self, url: str, token: str, timeout: float = 30.0) -> None:
        super().__init__(url, token, timeout)
        self.addresses = Records[Address, NewAddress, AddressChanges](self, "addresses")
        self.customers = Records[Customer, NewCustomer, CustomerChanges](self, "customers")
        self.identifiers = Records[Identifier, NewIdentifier, IdentifierChanges](self, "identifiers")
        self.relationships = Records[Relationship, NewRelationship, RelationshipChanges](self, "relationships")
        self.interactions = Records[Interaction, NewInteraction, InteractionChanges](self, "interactions")
        self.tasks = Records[Task, NewTask, TaskChanges](self, "tasks")
        self.orders = Records[Order, NewOrder, OrderChanges](self, "orders")
        self.order_lines = Records[OrderLine, NewOrderLine, OrderLineChanges](self, "order-lines")
        self.products = Records[Product, NewProduct, ProductChanges](self, "products")
