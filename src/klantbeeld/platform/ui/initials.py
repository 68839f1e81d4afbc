"""One or two letters for an avatar."""

from functools import lru_cache

# Words that belong to a surname without starting it: "Marieke van der Velden" is MV, "Fatima El Amrani" is FA.
PREFIXES = frozenset(
    "van von der den de het 't ten ter te la le les du des di da dos del della el al bin ben ibn op in aan bij uit onder over"
    " voor zu zum zur af av".split()
)
# Words that say what kind of organisation it is, not which one.
KINDS = frozenset(
    "stichting vereniging familie fam. firma bv b.v. nv n.v. vof v.o.f. cv c.v. ltd limited inc gmbh ag sa sarl plc llc".split()
)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The first letter of the first word and of the last name, in capitals; "?" for a name without a letter.

    Dutch prefixes don't count as a last name, words such as "Stichting" and "B.V." don't count at all, unless
    nothing else is left.
    """
    words = [word for word in name.replace("(", " ").replace('"', " ").split() if any(map(str.isalnum, word))]
    telling = [word for word in words if word.casefold() not in KINDS] or words
    if not telling:
        return "?"
    last_names = [word for word in telling[1:] if word.casefold() not in PREFIXES] or telling[1:]
    letters = _first(telling[0]) + (_first(last_names[-1]) if last_names else "")
    return letters.upper()


def _first(word: str) -> str:
    return next(character for character in word if character.isalnum())
