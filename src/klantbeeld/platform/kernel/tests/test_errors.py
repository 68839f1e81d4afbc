from django.utils.translation import gettext_lazy, override

from klantbeeld.platform.kernel.errors import Gone, Invalid, NotAllowed, NotFoundHere, Refused, filled


def test_each_problem_names_its_status_and_code() -> None:
    problems = [refusal.as_problem() for refusal in (Refused("No"), NotAllowed(), NotFoundHere(), Gone())]
    assert [(problem["status"], problem["code"]) for problem in problems] == [
        (400, "refused"),
        (403, "not_allowed"),
        (404, "not_found"),
        (410, "gone"),
    ]
    assert problems[0]["detail"] == "No"
    assert problems[2]["title"] == "Not Found"


def test_invalid_tells_what_is_wrong_with_each_field() -> None:
    problem = Invalid({"email": ["No at sign."], "": ["Empty.", "Short."]}).as_problem()
    assert problem["status"] == 422
    assert problem["errors"] == {"email": ["No at sign."], "": ["Empty.", "Short."]}


def test_one_message_is_the_detail_and_a_text_is_about_the_whole() -> None:
    assert Invalid("Nothing given.").as_problem()["errors"] == {"": ["Nothing given."]}
    assert str(Invalid({"email": ["No at sign."]})) == "No at sign."


def test_messages_are_translated_when_shown_not_when_raised() -> None:
    refusal = NotAllowed()
    with override("nl"):
        assert str(refusal) == "Dit mag je niet doen."
        assert Invalid({"a": [gettext_lazy("There is nothing here.")]}).as_problem()["errors"] == {
            "a": ["Hier is niets."]
        }
    with override("en"):
        assert str(refusal) == "You may not do this."


def test_a_message_with_values_is_translated_when_shown_too() -> None:
    with override("en"):
        message = filled(gettext_lazy("There is nothing here."), number=3)
        assert str(filled("%(number)d left", number=3)) == "3 left"
    with override("nl"):
        assert str(message) == "Hier is niets."
