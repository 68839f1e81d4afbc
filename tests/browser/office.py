"""What stands in the back office besides the books: colleagues, files that came in and went out, own fields, tokens."""

from typing import Any

from django.core.files.base import ContentFile

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.actions.create_token import create_token
from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.jobs.public import run_here
from klantbeeld.platform.people.models import Team
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.exporting import ask
from klantbeeld.platform.transfer.public import check, prepare_here, receive, resume_here

SOME_WRONG = """Customer number;First name;Last name;E-mail;Postcode;City;Since
K-1;Hanna;de Wit;hanna@example.org;1011 AB;Amsterdam;31-12-2024
K-2;Omar;Haddad;omar@example.org;2511 CD;Den Haag;1-2-2025
K-3;Saar;Postma;this is no address;8911 EF;Leeuwarden;2-2-2025
K-4;Bo;Vos;bo@example.org;12;Ede;32-13-2025
"""
HOPELESS = "Customer number;E-mail\nK-1;no address\nK-2;none either\n"


def furnished(alice: Any) -> dict[str, str]:
    """The addresses of pages of the office by what they show, with something on each of them."""
    with entered(Scope(alice.tenant.id, alice.member_id, "web")):
        customers = registry.get("customers")
        choices = [{"value": "city", "label": "City bike"}, {"value": "cargo", "label": "Cargo bike"}]
        own = CustomField.objects.create(
            record_type="customers", key="bike", label="Kind of bike", kind="choice", choices=choices
        )
        create_token(alice, "The till", ["customers:read", "orders:write"])
        addresses = {
            "colleague": f"/settings/colleagues/{alice.member_id}/",
            "team": f"/settings/teams/{Team.objects.earliest('name').id}/",
            "role": f"/settings/roles/{Role.objects.get(name='Agent').id}/",
            "own fields": "/settings/fields/",
            "own field": f"/settings/fields/customers/{own.id}/",
            "tokens": "/settings/tokens/",
            "new token": "/settings/tokens/new",
            "new relationship": "/relationships/new",
            "imports": "/import/",
            "exports": "/export/",
        }
        addresses["import set-up"] = f"/import/{_sent(alice, customers, SOME_WRONG).id}/setup"
        tried = _sent(alice, customers, SOME_WRONG)
        run_here(check(alice, tried))
        addresses["import tried"] = f"/import/{tried.id}/setup"
        for name, text in (("import done", SOME_WRONG), ("import refused", HOPELESS)):
            done = resume_here(prepare_here(alice, _sent(alice, customers, text)))
            addresses[name] = f"/import/{done.id}/"
        exported = ask(alice, customers, "csv")
        addresses["export waiting"] = f"/export/{ask(alice, customers, 'xlsx').id}/"
        run_here(exported.job)
        addresses["export done"] = f"/export/{exported.id}/"
    return addresses


def _sent(alice: Any, customers: Any, text: str) -> Any:
    return receive(alice, customers, ContentFile(text.encode()), "klanten van de winkel aan de Vecht.csv")
