from django import forms
from django.template import Context, Template
from django.test import override_settings


class Sample(forms.Form):
    mail = forms.EmailField(label="E-mail", help_text="Where we write to")
    nick = forms.CharField(label="Nick", required=False)
    stage = forms.ChoiceField(label="Stage", choices=[("lead", "Lead")])
    follow = forms.BooleanField(label="Follow", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Two <things> are wrong")


def drawn(data):
    with override_settings(LANGUAGE_CODE="en"):
        return Template("{% load ui %}{% form_fields form %}").render(Context({"form": Sample(data)}))


def test_an_error_is_tied_to_its_field():
    html = drawn({"mail": "marieke@vdvelden"})
    assert 'aria-describedby="id_mail_error id_mail_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_mail_error"' in html
    assert 'id="id_mail_helptext"' in html
    assert 'value="marieke@vdvelden"' in html


def test_fields_that_one_may_skip_say_so():
    html = drawn({})
    assert 'Nick <span class="optional">' in html
    assert 'E-mail <span class="optional">' not in html


def test_every_control_has_a_label_of_its_own():
    html = drawn({})
    for name in ("mail", "nick", "stage", "follow"):
        assert f'<label for="id_{name}">' in html
    assert "<fieldset" in html
    assert "<legend>Kind" in html


def test_what_is_wrong_with_the_whole_form_stands_above_it():
    html = drawn({"mail": "a@b.nl", "stage": "lead"})
    assert html.index("Two &lt;things&gt; are wrong") < html.index("E-mail")


def test_a_hidden_field_stays_hidden():
    assert '<input type="hidden" name="secret" class="input" id="id_secret">' in drawn({})
