"""Attempts to sign in are kept for a year, for the organisation at whose address they were made."""

from datetime import timedelta

from django.utils import timezone

from klantbeeld.platform.people.browsers import browser_name
from klantbeeld.platform.people.history import remove_old_sign_ins
from klantbeeld.platform.people.models import Outcome, SignIn
from klantbeeld.platform.tenancy.scope import Scope, entered


def test_what_is_older_than_a_year_goes_in_every_organisation(cast):
    for tenant in (cast.tenant, cast.other_tenant):
        with entered(Scope(tenant.id)):
            for days in (1, 364, 366):
                made = SignIn.objects.create(outcome=Outcome.IN)
                SignIn.objects.filter(id=made.id).update(at=timezone.now() - timedelta(days=days))
    remove_old_sign_ins()
    for tenant in (cast.tenant, cast.other_tenant):
        with entered(Scope(tenant.id)):
            assert SignIn.objects.count() == 2


def test_browsers_are_told_apart_in_words_people_know():
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
    assert browser_name(edge) == "Edge · Windows"
    assert browser_name(phone) == "Safari · iPhone"
    assert browser_name("curl/8.5.0") == "curl"
    assert browser_name("") == ""
