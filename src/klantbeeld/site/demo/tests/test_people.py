import re
from datetime import date
from random import Random

from klantbeeld.customers.rules.addresses import normalise_postcode
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.customers.rules.names import PersonName, full, parse_name
from klantbeeld.site.demo.people import organisation, person


def test_the_same_seed_makes_the_same_people() -> None:
    first, second = Random(7), Random(7)
    assert [person(first) for _ in range(50)] == [person(second) for _ in range(50)]
    assert organisation(first) == organisation(second)
    assert person(Random(8)) != person(Random(7))


def test_what_is_made_passes_the_rules_for_real_customers() -> None:
    rng = Random(1)
    for serial in range(2000):
        somebody = person(rng, serial if serial % 2 else None)
        assert normalise("email", somebody.email).value == somebody.email
        assert normalise("phone", somebody.phone).value == somebody.phone
        assert normalise_postcode(somebody.postcode) == somebody.postcode
        assert date(1933, 1, 1) < somebody.birth_date < date(2008, 1, 3)
        assert somebody.place
    firm = organisation(rng)
    assert normalise("kvk", firm.kvk).value == firm.kvk
    assert normalise("email", firm.email).value == firm.email


def test_nobody_real_can_be_reached() -> None:
    rng = Random(2)
    made = [person(rng, serial) for serial in range(500)] + [person(rng) for _ in range(500)]
    made_firms = [organisation(rng) for _ in range(200)]
    assert all(re.search(r"@example\.(nl|org|com|net)$", one.email) for one in [*made, *made_firms])
    assert all(re.match(r"\+31(612345\d{3}|\d\d0\d{6})$", one.phone) for one in [*made, *made_firms])


def test_a_serial_makes_contact_details_unique() -> None:
    rng = Random(3)
    made = [person(rng, serial) for serial in (*range(3000), 1_000_000, 1_000_001)]
    assert len({one.email for one in made}) == len({one.phone for one in made}) == len(made)


def test_people_are_as_varied_as_a_town() -> None:
    rng = Random(4)
    made = [person(rng) for _ in range(5000)]
    names = {full(PersonName(one.given, one.prefix, one.family)) for one in made}
    assert 3500 < len(names) < 5000
    assert len({one.place for one in made}) > 500
    assert sum(bool(one.prefix) for one in made) > 1000
    assert {"nl", "en", "pl"} <= {one.language for one in made}


def test_parsing_a_made_name_finds_its_prefix() -> None:
    rng = Random(5)
    made = [person(rng) for _ in range(3000)]
    found = [parse_name(full(PersonName(one.given, one.prefix, one.family))).prefix for one in made]
    agreed = sum(one.prefix == prefix for one, prefix in zip(made, found, strict=True))
    assert agreed > 2950
