"""Files of what colleagues wrote down, and of what else is known of the demo's customers; all of it made up."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from klantbeeld.site.demo.ledger_texts import ABOUT_ORDERS, ABOUT_RETURNS, TASKS, Text
from klantbeeld.site.demo.people import address
from klantbeeld.site.demo.retail import LAST, Retail, belongs, is_firm, write

PER_CUSTOMER = (3, 9)

Orders = dict[str, list[tuple[str, datetime]]]


def orders_by_customer(retail: Retail) -> Orders:
    """The numbers and moments of each known customer's orders."""
    made: Orders = defaultdict(list)
    for number, (at, customer, _country) in retail.orders.items():
        if customer:
            made[customer].append((number, at))
    return dict(sorted(made.items()))


def write_interactions(path: Path, retail: Retail, owners: Sequence[str]) -> None:
    """Calls, mails, chats, meetings and notes, about six for each customer."""
    end = LAST + retail.shift

    def rows() -> Iterator[tuple[object, ...]]:
        for customer, orders in orders_by_customer(retail).items():
            rng = Random(f"ledger {customer}")  # noqa: S311 - for looks, not for secrets
            language, owner = belongs(customer, owners)
            for _time in range(rng.randint(*PER_CUSTOMER)):
                number, placed = rng.choice(orders)
                text = rng.choice(ABOUT_RETURNS if number.startswith("C") else ABOUT_ORDERS)
                at = _moment(rng, placed, text, end)
                yield (
                    customer,
                    at,
                    text.channel,
                    text.direction,
                    *_said(rng, text, language, number, retail, owner, owners),
                )

    header = ("customer", "when", "channel", "direction", "colleague", "summary", "text", "duration in seconds")
    write(path, header, rows())


def _moment(rng: Random, placed: datetime, text: Text, end: datetime) -> str:
    at = min(placed + timedelta(days=text.days * rng.uniform(0.7, 1.3)), end)
    return at.replace(hour=rng.randint(9, 16), minute=rng.randint(0, 59), second=0).isoformat(sep=" ")


def _said(
    rng: Random, text: Text, language: str, number: str, retail: Retail, owner: str, owners: Sequence[str]
) -> tuple[object, ...]:
    colleague = owner if rng.random() < 0.7 else rng.choice(owners)
    words = {"order": number, "thing": retail.about.get(number) or number, "who": colleague.split("@")[0].capitalize()}
    summary, body = (text.nl, text.nl_body) if language == "nl" else (text.en, text.en_body)
    seconds = round(text.seconds * rng.uniform(0.5, 1.8)) if text.seconds else ""
    return (colleague, summary.format(**words), body.format(**words), seconds)


def write_tasks(path: Path, retail: Retail, owners: Sequence[str]) -> None:
    """Things to do for about one customer in twenty, some of them done."""
    end = LAST + retail.shift
    rows = []
    for customer, orders in orders_by_customer(retail).items():
        rng = Random(f"task {customer}")  # noqa: S311
        if rng.random() > 0.05:
            continue
        language, owner = belongs(customer, owners)
        number, _placed = orders[-1]
        words = {"order": number, "thing": retail.about.get(number) or number}
        title = rng.choice(TASKS)[0 if language == "nl" else 1].format(**words)
        due = end.date() + timedelta(days=rng.randint(-3, 21))
        done = (end - timedelta(days=rng.randint(1, 9))).isoformat(sep=" ") if rng.random() < 0.3 else ""
        rows.append((title[:200], customer, owner, due.isoformat(), done))
    write(path, ("what", "customer", "owner", "before", "done"), rows)


def write_relationships(path: Path, retail: Retail) -> None:
    """People who work at firms, and some who live together."""
    customers = sorted(retail.first)
    firms = [number for number in customers if is_firm(number)]
    people = [number for number in customers if not is_firm(number)]
    rng = Random("relationships")  # noqa: S311
    rows: list[tuple[str, str, str, str, str]] = []
    functions = ("Inkoop", "Eigenaar", "Administratie", "Winkelmanager", "Magazijn")
    for number in rng.sample(people, len(people) // 14):
        begins = retail.first[number].date() - timedelta(days=rng.randint(30, 2500))
        rows.append((number, "works_at", rng.choice(firms), rng.choice(functions), begins.isoformat()))
    for first, second in zip(*[iter(rng.sample(people, 120))] * 2, strict=True):
        rows.append((first, "lives_with", second, "", ""))
    write(path, ("customer", "role", "other customer", "function", "from"), rows)


def write_addresses(path: Path, retail: Retail) -> None:
    """Further addresses of about one customer in eight."""
    rows = []
    for number in sorted(retail.first):
        rng = Random(f"address {number}")  # noqa: S311
        if rng.random() < 0.12:
            one = address(rng)
            kind = "billing" if is_firm(number) else rng.choice(("delivery", "former"))
            rows.append((number, kind, one.street, f"{one.number}{one.addition}", one.postcode, one.place, "NL"))
    write(path, ("customer", "kind", "street", "house number", "postcode", "city", "country"), rows)


def write_identifiers(path: Path, retail: Retail) -> None:
    """Loyalty cards of about one person in six."""
    rows = []
    for number in sorted(retail.first):
        rng = Random(f"card {number}")  # noqa: S311
        if not is_firm(number) and rng.random() < 0.16:
            rows.append((number, "loyalty", f"NL {rng.randint(100, 999)} {int(number):05d}", "winkel"))
    write(path, ("customer", "kind", "as given", "source"), rows)
