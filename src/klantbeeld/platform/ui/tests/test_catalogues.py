import pytest
from babel.messages.pofile import read_po

from klantbeeld.platform.ui import catalogues


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "SOURCE", tmp_path)
    (tmp_path / "shop" / "templates").mkdir(parents=True)
    (tmp_path / "shop" / "apps.py").write_text("")
    return tmp_path / "shop"


def test_texts_are_found_whatever_the_indentation_of_the_template(package):
    (package / "templates" / "page.html").write_text(
        "<ul>\n      <li>\n   {% translate 'Buy' %}\n {% translate 'Open' context 'shop' %}</li></ul>"
    )
    (package / "code.py").write_text("from x import gettext as _\n_('Sell')\n")
    assert set(catalogues.asked_for()) == {(None, "Buy"), ("shop", "Open"), (None, "Sell")}


def test_a_new_catalogue_has_a_header_without_blanks_to_fill_in(package):
    (package / "code.py").write_text("_('Sell')\nngettext('%(n)s day', '%(n)s days', n)\n")
    assert catalogues.add_missing("nl") == 2
    path = package / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    text = path.read_text()
    assert '"Project-Id-Version: Klantbeeld\\n"' in text
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in text
    assert not any(word in text for word in ("fuzzy", "AUTHOR", "EMAIL", "ORGANIZATION", "YEAR", "VERSION"))
    with path.open("rb") as file:
        assert len(read_po(file, locale="nl")) == 2


def test_adding_to_a_catalogue_keeps_what_is_translated(package):
    (package / "code.py").write_text("_('Sell')\n")
    catalogues.add_missing("nl")
    path = package / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.write_text(path.read_text().replace('msgid "Sell"\nmsgstr ""', 'msgid "Sell"\nmsgstr "Verkopen"'))
    (package / "code.py").write_text("_('Sell')\n_('Buy')\n")
    assert catalogues.add_missing("nl") == 1
    assert catalogues.translated("nl") == {(None, "Sell")}
    assert path.read_text().count("Plural-Forms") == 1
