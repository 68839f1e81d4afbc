"""The customers and their identifiers as lines for COPY."""

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from klantbeeld.customers.models import Customer
from klantbeeld.customers.rules.names import PersonName, full, sort_key
from klantbeeld.platform.kernel.text import fold
from klantbeeld.site.bench.history import History, moment, text_of
from klantbeeld.site.bench.ids import seeded_id
from klantbeeld.site.bench.interactions import CHANNELS
from klantbeeld.site.bench.scale import SEED, Scale
from klantbeeld.site.demo.people import organisation, person

_FIRST = ["id", "tenant_id", "created_at", "updated_at", "custom"]
# A line holds the columns as the model has them, behind those that all tables have.
CUSTOMER_COLUMNS = _FIRST + [str(each.column) for each in Customer._meta.concrete_fields if each.column not in _FIRST]
IDENTIFIER_COLUMNS = ["id", "tenant_id", "created_at", "updated_at", "customer_id", "kind", "value", "shown", "source"]
_ORGANISATIONS = 0.12
_STAGES = ("customer",) * 14 + ("former",) * 3 + ("prospect",) * 2 + ("lead",)
# Some identifiers are more than the two that every customer has.
_THIRD = 0.25
_NOTHING = r"\N"


def customer_ids(scale: Scale) -> list[str]:
    """The ids of all customers, in the order in which they came."""
    rng = Random(f"{SEED} ids")  # noqa: S311 - for measuring, not for secrets
    number = scale.customers
    return [seeded_id(rng, moment(place, number)) for place in range(number)]


def customer_lines(
    scale: Scale, tenant: UUID, members: Sequence[UUID], ids: Sequence[str], history: History
) -> Iterator[str]:
    """A line per customer. What other packages derive is the sum of the history that is written next."""
    rng = Random(f"{SEED} customers")  # noqa: S311
    whose = str(tenant)
    owners = [str(member) for member in members]
    for place, key in enumerate(ids):
        came = text_of(moment(place, len(ids)))
        party = _organisation(rng, place) if rng.random() < _ORGANISATIONS else _person(rng, place)
        met, bought = history.last_met[place], history.last_bought[place]
        last = text_of(moment(met, scale.interactions)) if met >= 0 else _NOTHING
        channel = CHANNELS[met % len(CHANNELS)] if met >= 0 else ""
        ordered = text_of(moment(bought, scale.orders)) if bought >= 0 else _NOTHING
        cents = history.revenue[place]
        yield (
            f"{key}\t{whose}\t{came}\t{came}\t{{}}\t{party}\t{_STAGES[int(rng.random() * len(_STAGES))]}\tnl\t\t"
            f"{owners[int(rng.random() * len(owners))]}\t{came[:10]}\t{last}\t{channel}\t{history.order_count[place]}"
            f"\t{ordered}\t{cents // 100}.{cents % 100:02d}\n"
        )


def _person(rng: Random, place: int) -> str:
    one = person(rng, place)
    name = PersonName(one.given, one.prefix, one.family)
    return (
        f"person\t{full(name)}\t{sort_key(name)}\t{one.given}\t{one.prefix}\t{one.family}\t{one.birth_date}"
        f"\t{place}\t{one.email}\t{one.phone}\t{one.street}\t{one.number}{one.addition}\t{one.postcode}\t{one.place}"
        "\tNL\t\t"
    )


def _organisation(rng: Random, place: int) -> str:
    one = organisation(rng, place)
    return (
        f"organisation\t{one.name}\t{fold(one.name)}\t\t\t\t{_NOTHING}\t{place}\t{one.email}\t{one.phone}"
        f"\t{one.street}\t{one.number}{one.addition}\t{one.postcode}\t{one.place}\tNL\t\t{one.kvk}"
    )


def identifier_lines(scale: Scale, tenant: UUID, ids: Sequence[str]) -> Iterator[str]:
    """An external number per customer, a card for some, and their e-mail address as it is on their row."""
    rng = Random(f"{SEED} identifiers")  # noqa: S311
    whose = str(tenant)
    for place, key in enumerate(ids):
        at = moment(place, len(ids))
        came = text_of(at)
        yield f"{seeded_id(rng, at)}\t{whose}\t{came}\t{came}\t{key}\texternal\t{place}\t{place}\tbench\n"
        if rng.random() < _THIRD:
            card = f"KB{rng.getrandbits(40):013d}"
            yield f"{seeded_id(rng, at)}\t{whose}\t{came}\t{came}\t{key}\tloyalty\t{card}\t{card}\tbench\n"
