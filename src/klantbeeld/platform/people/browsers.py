"""What a browser says it is, in two words people know. It may say anything: this is for recognising one's own."""

import re

# The first that fits counts: most browsers also name those that they descend from.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrom(?:e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
)
_DEVICES = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)
PHONES = ("iPhone", "Android", "iPad")


def browser_name(said: str) -> str:
    """Such as "Firefox · Windows"; its first word for a program, "" when it said nothing."""
    names = [name for name in (_first(_BROWSERS, said), device_name(said)) if name]
    return " · ".join(names) or said.split("/")[0].split(" ")[0][:40]


def device_name(said: str) -> str:
    """Such as "iPhone"; "" when it can't be told."""
    return _first(_DEVICES, said)


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, said)), "")
