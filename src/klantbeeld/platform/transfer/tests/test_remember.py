"""What was set up for a file is set up for the next one like it."""

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.tests.test_import import CUSTOMERS
from klantbeeld.platform.transfer.uploading import receive

AMERICAN = "nr,who,start\n" + "".join(f"A{day},Jan,01/{day}/2020\n" for day in range(13, 30)) + "K2,Els de Wit,no day\n"
FIELDS = {"nr": "external_id", "who": "name", "start": "since"}


def sent(actor, text):
    return receive(actor, registry.get("customers"), ContentFile(text.encode()), "file.csv")


def fields_of(imported):
    return [each["field"] for each in imported.mapping]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_refused_rows_are_mapped_as_the_file_was_whatever_the_language(cast, bring_in, files, language):
    with translation.override(language):
        first = bring_in(cast.alice, "customers", AMERICAN, fields=FIELDS, key="external_id", mode="create")
    mended = (files / first.refused_file).read_text("utf-8-sig").replace("no day", "02/03/2020")
    again = sent(cast.alice, mended)
    assert fields_of(again) == ["external_id", "name", "since", ""]
    assert (again.key, again.mode, again.mapping[2]["date"]) == ("external_id", "create", "mdy")
    bring_in(cast.alice, "customers", mended)
    assert str(CUSTOMERS.objects.get(external_id="K2").since) == "2020-02-03"


def test_styles_key_and_mode_come_back_for_the_same_headers(cast, bring_in):
    bring_in(cast.alice, "customers", AMERICAN, fields=FIELDS, key="", mode="create")
    again = sent(cast.alice, "nr,who,start\nK3,Piet,01/02/2020\n")
    assert (again.key, again.mode, again.mapping[2]["date"]) == ("", "create", "mdy")


def test_a_style_that_the_new_file_contradicts_is_not_kept(cast, bring_in):
    bring_in(cast.alice, "customers", AMERICAN, fields=FIELDS)
    again = sent(cast.alice, "nr,who,start\nK3,Piet,31/12/2020\nK4,Els,30/12/2020\n")
    assert again.mapping[2]["date"] == "dmy"


def test_rows_that_are_refused_again_have_one_reason(cast, bring_in, files):
    first = bring_in(cast.alice, "customers", AMERICAN, fields=FIELDS)
    second = bring_in(cast.alice, "customers", (files / first.refused_file).read_text("utf-8-sig"))
    header, row = (files / second.refused_file).read_text("utf-8-sig").splitlines()
    assert header == "nr,who,start,Why it was refused"
    assert row.startswith("K2,Els de Wit,no day,Row 2: ")
    assert fields_of(sent(cast.alice, f"{header}\nK2,Els,02/03/2020,x\n")) == ["external_id", "name", "since", ""]
