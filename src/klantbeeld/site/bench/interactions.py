"""The ledger as lines for COPY."""

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from klantbeeld.site.bench.history import History, moment, text_of
from klantbeeld.site.bench.ids import seeded_id
from klantbeeld.site.bench.scale import SEED, Scale

INTERACTION_COLUMNS = [
    "id",
    "tenant_id",
    "customer_id",
    "at",
    "channel",
    "direction",
    "member_id",
    "summary",
    "body",
    "seconds",
    "source",
    "source_id",
    "created_at",
]
# A prime number of them, so that no customer who is met at even intervals gets one channel only.
CHANNELS = ("mail", "call", "mail", "chat", "mail", "note", "call", "visit", "mail", "meeting", "post")
_DIRECTIONS = {"note": "internal", "visit": "in"}
_BEGINNINGS = ("Question about", "Answer about", "Complaint about", "Agreed on", "Called back about", "News of")
_SUBJECTS = ("a delivery", "an invoice", "the contract", "a return", "opening hours", "a quote", "a repair", "a refund")
_ENDINGS = ("", ", solved at once", ", to be looked into", ", thanks given", ", wants to hear soon")
_TEXTS = tuple(f"{one} {two}{three}" for one in _BEGINNINGS for two in _SUBJECTS for three in _ENDINGS)
_SENTENCES = (
    "The customer had waited longer than we had promised.",
    "We looked it up together, and the number turned out to be wrong.",
    "Sent a new copy to the address that we have.",
    "Will call again when the answer is there.",
)


def interaction_lines(
    scale: Scale, tenant: UUID, members: Sequence[UUID], ids: Sequence[str], history: History
) -> Iterator[str]:
    """A line per interaction, in the order of time; a third have a text of some sentences."""
    rng = Random(f"{SEED} interactions")  # noqa: S311 - for measuring, not for secrets
    random, whose, colleagues = rng.random, str(tenant), [str(member) for member in members]
    bodies = ("", "", " ".join(_SENTENCES), _SENTENCES[0], "", " ".join(_SENTENCES[1:]), "")
    number, sides = scale.interactions, ("in", "out")
    for place, customer in enumerate(history.met):
        milliseconds = moment(place, number)
        at, channel = text_of(milliseconds), CHANNELS[place % len(CHANNELS)]
        direction = _DIRECTIONS.get(channel) or sides[place & 1]
        seconds = int(random() * 900) if channel in {"call", "meeting"} else r"\N"
        yield (
            f"{seeded_id(rng, milliseconds)}\t{whose}\t{ids[customer]}\t{at}\t{channel}\t{direction}"
            f"\t{colleagues[int(random() * len(colleagues))]}\t{_TEXTS[int(random() * len(_TEXTS))]}"
            f"\t{bodies[place % len(bodies)]}\t{seconds}\t\t\t{at}\n"
        )
