"""What Noorderlicht has on its shelves and in its books: small, the same every time, written the way users write."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered

CITIES = ("Utrecht", "Groningen", "Zwolle", "Den Haag", "Assen")
GIVEN = ("Marieke", "Joost", "Fatima", "Sem", "Noor", "Daan", "Eva", "Youssef", "Lotte", "Bram")
FAMILY = ("van der Velden", "Bakker", "El Amrani")
FIRMS = ("Bakkerij Blom", "Koeriersdienst Vlug")
LONG_STORY = 45  # entries of Marieke's, more than one page of the timeline
CHANNELS = ("call", "mail", "chat", "visit")


@dataclass(frozen=True)
class Books:
    """Addresses of records that stories begin at."""

    marieke: str
    firm: str
    order: str
    product: str
    task: str
    interaction: str


def stocked(alice: Actor, tenant_id: Any) -> Books:
    """Write 32 customers, their orders, contacts and tasks, as Alice."""
    with entered(Scope(tenant_id, alice.member_id, "web")):
        people = [_person(alice, number) for number in range(30)]
        firms = [_make(alice, "customers", name=name, kind="organisation", city="Utrecht") for name in FIRMS]
        marieke, firm = people[0], firms[0]
        _make(alice, "relationships", customer=marieke.id, role="works_at", other=firm.id, function="Baker")
        _make(alice, "addresses", customer=marieke.id, kind="delivery", street="Kade", house_number="4", city="Utrecht")
        product = _make(alice, "products", sku="F-100", name="Stadsfiets Noord", price="1240", currency="EUR")
        orders = [_order(alice, customer, number, product) for number, customer in enumerate(people[:12])]
        contacts = [_contact(alice, marieke, number) for number in range(LONG_STORY)]
        tasks = [_task(alice, customer, number) for number, customer in enumerate(people[:6])]
    return Books(
        f"/customers/{marieke.id}/",
        f"/customers/{firm.id}/",
        f"/orders/{orders[0].id}/",
        f"/products/{product.id}/",
        f"/tasks/{tasks[0].id}/",
        f"/interactions/{contacts[0].id}/",
    )


def _make(alice: Actor, slug: str, **given: Any) -> Any:
    record_type = registry.get(slug)
    return record_type.writer(record_type, alice).create(given)


def _person(alice: Actor, number: int) -> Any:
    name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN)]}"
    return _make(
        alice,
        "customers",
        name=name,
        email=f"{GIVEN[number % len(GIVEN)].lower()}.{number}@example.org",
        phone=f"06 2841 90{number:02}",
        street="Vechtkade",
        house_number=str(number + 1),
        postcode=f"{3500 + number} AB",
        city=CITIES[number % len(CITIES)],
        country="NL",
    )


def _order(alice: Actor, customer: Any, number: int, product: Any) -> Any:
    placed = timezone.now() - timedelta(days=3 * number, hours=2)
    order = _make(
        alice, "orders", number=f"NF-{1000 + number}", customer=customer.id, placed_at=placed.isoformat(),
        currency="EUR",
    )  # fmt: skip
    _make(alice, "order-lines", order=order.id, product=product.id, quantity=1 + number % 3, unit_price="1240")
    return order


def _contact(alice: Actor, customer: Any, number: int) -> Any:
    at = timezone.now() - timedelta(days=number, hours=3)
    return _make(
        alice, "interactions", customer=customer.id, at=at.isoformat(), channel=CHANNELS[number % len(CHANNELS)],
        direction="in" if number % 2 else "out", summary=f"About the gears, part {number}",
        body="The gears slip when it rains. " * (1 + number % 5),
    )  # fmt: skip


def _task(alice: Actor, customer: Any, number: int) -> Any:
    due = timezone.localdate() + timedelta(days=number - 2)
    return _make(alice, "tasks", title=f"Call back about order {number}", customer=customer.id, due_on=str(due))
