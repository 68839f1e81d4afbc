"""Identifiers that follow from a seed: those of the product hold noise of their own."""

from random import Random


def seeded_id(rng: Random, milliseconds: int) -> str:
    """A UUID version 7 (RFC 9562 section 5.7) of a moment in milliseconds since 1970, as text."""
    noise = f"{rng.getrandbits(72):018x}"
    stamp = f"{milliseconds:012x}"
    return f"{stamp[:8]}-{stamp[8:]}-7{noise[:3]}-8{noise[3:6]}-{noise[6:]}"
