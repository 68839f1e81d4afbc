"""The words that tell the parts of a name apart, in small letters."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PREFIXES = _words(
    """aan aen abu af aït al am an auf aus bei ben bij bin bint d' d’ da dal dalla das de degli dei del dela della dello
    den der des di do dos du el het 't ’t `t ibn im in l' l’ la las le les los onder op oulad over 's ’s te ten ter thoe
    thor to toe tot uijt uit uyt van vander vande vanden vom von voor vor zu zum zur"""
)

SHORTENED = _words(
    """v v. d d. vd vd. v.d v.d. v/d v/d. v.de v.d.r vdr v.der vder v.den vden v.'t v.’t v/t vh v.h. v/h v/h. a/d a.d.
    o/d i/d"""
)
"""Prefixes as they are shortened. With a capital inside they are initials: "V.D. Berg"."""

GIVEN_NAMES_TOO = _words("al ben bin da do in")
"""Prefixes that, with a capital and in front, are rather somebody's given name."""

TITLES = _words(
    """baron barones barones dhr dr drs fam familie frau fräulein graaf gravin heer herr ingenieur jhr jkvr jonker
    jonkheer jonkvrouw madame meester mej mejuffrouw meneer mevr mevrouw miss mme monsieur mr mrs ms mw mgr prof
    professor dhr/mevr dhr/mw"""
)
TITLES_WITH_DOT = _words("ir ing ds bc dipl cand lic mag bacc")
"""Titles only when written with a dot: without it, Ing and Ir are names."""

SPACED_TITLES = frozenset({("de", "heer"), ("de", "weduwe"), ("de", "familie")})

SUFFIXES = _words(
    """AA BA BBA BEng BSc CPA Esq. II III IV Jr Jr. LLB LLM LL.M. MA MBA MD MPhil MSc M.Sc. PDEng PhD Ph.D. RA RC
    RE Sr Sr. jr jr. sr sr. B.Sc. M.A. B.A."""
)
"""Degrees and generations after a name, as they are written: Ma and Ba are families."""
