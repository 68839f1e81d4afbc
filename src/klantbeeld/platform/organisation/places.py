"""Countries, currencies, languages and time zones to choose from, named in the reader's language."""

from functools import lru_cache
from zoneinfo import available_timezones

import pycountry
from babel import Locale
from django.conf import settings
from django.utils.translation import get_language

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """ISO 3166-1 codes with names, by name."""
    return _countries(get_language() or "en")


def currencies() -> Choices:
    """ISO 4217 codes with names, by code."""
    return _currencies(get_language() or "en")


def languages() -> Choices:
    """The languages of the interface, each in its own words."""
    return [(code, str(Locale.parse(code).get_display_name(code)).capitalize()) for code, _name in settings.LANGUAGES]


@lru_cache(maxsize=1)
def timezones() -> Choices:
    """The zones of places, as the IANA database calls them."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


@lru_cache(maxsize=8)
def _countries(language: str) -> Choices:
    names = Locale.parse(language, sep="-").territories
    made = [(each.alpha_2, names.get(each.alpha_2, each.name)) for each in pycountry.countries]
    return sorted(made, key=lambda pair: pair[1])


@lru_cache(maxsize=8)
def _currencies(language: str) -> Choices:
    names = Locale.parse(language, sep="-").currencies
    made = [(each.alpha_3, names.get(each.alpha_3, each.name)) for each in pycountry.currencies]
    return sorted((code, f"{code} · {name}") for code, name in made)
