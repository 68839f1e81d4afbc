import pytest

from klantbeeld.customers.rules.organisation_names import is_organisation_name


@pytest.mark.parametrize(
    "name",
    [
        "Bakker Installaties B.V.",
        "Bakker Installaties BV",
        "Bakker b. v.",
        "De Boer Beheer B.V. (in liquidatie)",
        "Nieuw Begin B.V. i.o.",
        "Koninklijke Ahold N.V.",
        "Stichting De Brug",
        "Voetbalvereniging Oranje",
        "Gemeente Utrecht",
        "Coöperatie Het Goede Zaad U.A.",
        "Müller Maschinenbau GmbH",
        "Smith & Sons Ltd.",
        "V.O.F. Jansen v.o.f.",
        "Jansen & Zn.",
        "Visser en Zonen",
        "Loodgietersbedrijf Smit",
        "Gebr. de Vries",
        "Fa. Jansen",
        "Danone SA",
        "Danone S.A.",
        "Siemens AG",
        "Barilla SpA",
        "Barilla S.p.A.",
        "Lego ApS",
        "Renault SAS",
        "De Jong Groep",
        "Van der Valk Groep",
    ],
)
def test_an_organisation_says_so(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Marieke van der Velden",
        "B.V. de Wit",
        "Jan en Marie Zonneveld",
        "Sa",
        "N. V. Bos",
        "Piet Fonds",
        "Corp",
        "Raj Tjon A Fa",
        "Jan Sas",
        "JAN SAS",
        "Jan de Groep",
        "Els van der Groep",
        "J. Groep",
        "Piet Aps",
        "Anna Spa",
        "Henk Sa",
        "",
    ],
)
def test_a_person_does_not(name: str) -> None:
    assert not is_organisation_name(name)
