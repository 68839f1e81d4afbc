"""The Online Retail data as files that an importer can read: customers, products, orders and their lines."""

import csv
import lzma
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.site.demo.people import organisation, person

RAW = Path(__file__).parent / "data" / "online_retail.csv.xz"
LAST = datetime(2011, 12, 9, 12, 50)
SOURCE = "Online Retail; name and address made up"
FIRMS = 0.12
FORMER_AFTER = timedelta(days=270)


@dataclass
class Retail:
    """What the published file adds up to, by invoice, product and customer. Dates are shifted by `shift`."""

    shift: timedelta
    orders: dict[str, tuple[datetime, str, str]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, Counter[str]] = field(default_factory=dict)
    prices: dict[str, Counter[str]] = field(default_factory=dict)
    first: dict[str, datetime] = field(default_factory=dict)
    last: dict[str, datetime] = field(default_factory=dict)


def shift_to(now: datetime) -> timedelta:
    """The whole number of weeks by which the last order comes to lie in the week before `now`."""
    return timedelta(weeks=(now.replace(tzinfo=None) - LAST).days // 7)


def write_lines(path: Path, shift: timedelta) -> Retail:
    """Write all lines as a file of order lines, and add up what the other files need in the same pass."""
    made = Retail(shift)
    sold: Counter[tuple[str, str, str]] = Counter()
    with lzma.open(RAW, "rt", encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        header = ("line number", "order", "product", "description", "quantity", "price each")
        write(path, header, _lines(lines, made, sold))
    for (sku, description, price), count in sold.items():
        made.prices.setdefault(sku, Counter())[price] += count
        made.descriptions.setdefault(sku, Counter())[description] += count
    return made


def _lines(lines: Iterable[list[str]], made: Retail, sold: Counter[tuple[str, str, str]]) -> Iterator[Sequence[object]]:
    """What is written of each published line. There are half a million: what lines have in common is looked at once."""
    cleaned: dict[str, str] = {}
    before = ("", "", "")
    for number, (invoice, sku, description, quantity, at, price, customer, country) in enumerate(lines, start=1):
        clean = cleaned.get(description)
        if clean is None:
            clean = cleaned[description] = clean_line(description)
        if before != (invoice, at, customer):
            before = (invoice, at, customer)
            _add_order(
                made, invoice, datetime.fromisoformat(at) + made.shift, customer.removesuffix(".0"), country, clean
            )
        sold[sku, description, price] += 1
        yield (number, invoice, sku, clean, quantity, price)


def _add_order(made: Retail, invoice: str, at: datetime, customer: str, country: str, description: str) -> None:
    order = made.orders.get(invoice)
    if order is None or at < order[0]:
        made.orders[invoice] = (at, customer, country)
        made.about.setdefault(invoice, description.capitalize())
    if customer:
        made.first[customer] = min(made.first.get(customer, at), at)
        made.last[customer] = max(made.last.get(customer, at), at)


def write_products(path: Path, retail: Retail) -> None:
    """Products under the name and the price that they are sold under most often."""
    rows = []
    for sku, descriptions in sorted(retail.descriptions.items()):
        named = Counter({clean_line(text): count for text, count in descriptions.items() if clean_line(text)})
        name = named.most_common(1)[0][0].capitalize() if named else sku
        prices = [price for price, _count in retail.prices[sku].most_common() if float(price) > 0]
        rows.append((sku, name, prices[0] if prices else "", "EUR"))
    write(path, ("product number", "name", "price", "currency"), rows)


def write_orders(path: Path, retail: Retail) -> None:
    """Orders, and credit notes for what was taken back (the numbers with a C)."""
    recent = LAST + retail.shift - timedelta(days=4)
    rows = []
    for number, (at, customer, country) in sorted(retail.orders.items(), key=lambda order: (order[1][0], order[0])):
        kind = "credit_note" if number.startswith("C") else "order"
        status = "open" if at > recent and kind == "order" else "completed"
        rows.append((number, customer, at.isoformat(sep=" "), kind, status, "EUR", country))
    write(path, ("number", "customer", "placed", "kind", "status", "currency", "country"), rows)


def write_customers(path: Path, retail: Retail, owners: Sequence[str]) -> None:
    """Customers, made up around their real numbers; `owners` are the e-mail addresses of those who look after them."""
    header = (
        "customer number,name,kind,e-mail,phone,street,house number,postcode,city,country,KVK number,date of birth,"
        "lifecycle stage,language,owner,customer since,source"
    )
    end = LAST + retail.shift
    rows = []
    for number in sorted(retail.first):
        stage = "former" if retail.last[number] < end - FORMER_AFTER else "customer"
        since = retail.first[number].date().isoformat()
        rows.append((number, *_party(number), stage, *belongs(number, owners), since, SOURCE))
    write(path, header.split(","), rows)


def is_firm(number: str) -> bool:
    """Whether the customer with this number is shown as an organisation."""
    return Random(f"firm {number}").random() < FIRMS  # noqa: S311 - for looks, not for secrets


def _party(number: str) -> tuple[object, ...]:
    rng = Random(f"customer {number}")  # noqa: S311
    serial = int(number) - 12_000
    if is_firm(number):
        firm = organisation(rng, serial)
        house = f"{firm.number}{firm.addition}"
        return (
            firm.name,
            "organisation",
            firm.email,
            firm.phone,
            firm.street,
            house,
            firm.postcode,
            firm.place,
            "NL",
            firm.kvk,
            "",
        )
    one = person(rng, serial)
    name = " ".join(filter(None, (one.given, one.prefix, one.family)))
    house = f"{one.number}{one.addition}"
    return (
        name,
        "person",
        one.email,
        one.phone,
        one.street,
        house,
        one.postcode,
        one.place,
        "NL",
        "",
        one.birth_date.isoformat(),
    )


def belongs(number: str, owners: Sequence[str]) -> tuple[str, str]:
    """The language of a customer, and who looks after them."""
    rng = Random(f"relation {number}")  # noqa: S311
    return ("en" if rng.random() < 0.12 else "nl", owners[int(rng.random() * len(owners))])


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
