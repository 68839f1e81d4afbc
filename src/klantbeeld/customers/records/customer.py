"""The record type of customers."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.actions.import_customers import CustomerBulk
from klantbeeld.customers.actions.save_customer import CustomerWriter
from klantbeeld.customers.models import Customer
from klantbeeld.customers.records.cells import last_contact_cell, name_cell
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.records.record_type import Board, Places, RecordType, Related, SearchBy, Section, View
from klantbeeld.platform.records.registry import register


@register
class CustomerType(RecordType):
    slug = "customers"
    model = Customer
    label = _("customer")
    label_plural = _("customers")
    icon = "users"
    owner = "owner"
    subtitle = "city"
    fields = (
        "name",
        "kind",
        "given_name",
        "family_prefix",
        "family_name",
        "birth_date",
        "external_id",
        "email",
        "phone",
        "street",
        "house_number",
        "postcode",
        "city",
        "country",
        "vat_number",
        "kvk_number",
        "stage",
        "language",
        "timezone",
        "owner",
        "since",
        "last_contact_at",
        "order_count",
        "last_order_at",
        "revenue",
        "created_at",
    )
    changes = {
        "revenue": {"kind": Kind.MONEY, "extra": {"decimals": 0}},
        "email": {"input_type": "email"},
        "phone": {"input_type": "tel"},
    }
    columns = ("name", "owner", "last_contact_at", "order_count", "revenue")
    sortable = {
        "name": "sort_name",
        "last_contact_at": "last_contact_at",
        "created_at": "created_at",
        "revenue": "revenue",
    }
    sort = "-last_contact_at"
    sections = (
        Section(_("Who"), ("kind", "name", "given_name", "family_prefix", "family_name", "birth_date", "language")),
        Section(
            _("How to reach"), ("email", "phone", "street", "house_number", "postcode", "city", "country", "timezone")
        ),
        Section(_("Our relation"), ("stage", "owner", "since", "external_id")),
        Section(_("Organisation"), ("vat_number", "kvk_number")),
    )
    about = ("kind", "city", "since", "owner")
    avatar = "kind"
    cells = {"name": name_cell, "last_contact_at": last_contact_cell}
    cell_needs = {"name": ("kind", "city"), "last_contact_at": ("last_contact_channel",)}
    phone = {"name": "a", "revenue": "b", "last_contact_at": "c", "order_count": "d"}
    droppable = frozenset({"owner"})
    board = Board(by="stage", total="revenue", lines=("owner", "last_contact_at"))
    days = ("last_contact_at",)
    places = Places(country="country", postcode="postcode")
    quick = ("name", "kind", "email", "phone", "city")
    search = SearchBy(
        b=("email", "phone"), c=("external_id", "vat_number", "kvk_number"), d=("city", "postcode", "street")
    )
    views = (
        View("mine", _("My customers"), {"all": [{"field": "owner", "op": "is_me"}]}),
        View(
            "new",
            _("New this week"),
            {"all": [{"field": "created_at", "op": "in_last", "value": {"n": 7, "unit": "day"}}]},
        ),
        View(
            "quiet",
            _("Gone quiet"),
            {
                "all": [
                    {"field": "order_count", "op": "over", "value": 1},
                    {"field": "last_contact_at", "op": "not_in_last", "value": {"n": 6, "unit": "month"}},
                ]
            },
        ),
    )
    related = (
        Related("orders", _("orders"), "orders", "customer"),
        Related("interactions", _("interactions"), "interactions", "customer"),
        Related("tasks", _("tasks"), "tasks", "customer"),
        Related("identifiers", _("identifiers"), "identifiers", "customer"),
        Related("addresses", _("further addresses"), "addresses", "customer"),
        Related("relationships", _("relationships"), "relationships", "customer"),
    )
    personal = frozenset(
        {
            "name",
            "given_name",
            "family_prefix",
            "family_name",
            "birth_date",
            "email",
            "phone",
            "street",
            "house_number",
            "postcode",
        }
    )
    import_keys = ("external_id", "email")
    synonyms = {
        "name": ("full name", "volledige naam", "klant", "klantnaam", "company", "bedrijf", "bedrijfsnaam", "contact"),
        "kind": ("type", "soort"),
        "given_name": ("first name", "voornaam", "roepnaam"),
        "family_prefix": ("infix", "tussenvoegsel", "voorvoegsel"),
        "family_name": ("last name", "surname", "achternaam", "familienaam"),
        "birth_date": ("birthday", "dob", "birthdate", "geboortedatum", "verjaardag"),
        "external_id": (
            "customer id",
            "customer no",
            "klantnummer",
            "klantnr",
            "klant id",
            "debiteurnummer",
            "relatienummer",
        ),
        "email": ("mail", "email", "emailadres", "e-mail", "mailadres"),
        "phone": ("telephone", "tel", "mobile", "telefoon", "telefoonnummer", "mobiel", "gsm"),
        "street": (
            "address",
            "address line",
            "address line 1",
            "street name",
            "street and number",
            "street and house number",
            "adres",
            "adresregel",
            "adresregel 1",
            "straat",
            "straatnaam",
            "straat en nummer",
            "straat en huisnummer",
        ),
        "house_number": ("number", "no", "huisnummer", "huisnr", "nummer"),
        "postcode": ("zip", "zip code", "postal code", "pc"),
        "city": ("town", "place", "plaats", "woonplaats", "stad"),
        "country": ("land", "country code", "landcode"),
        "vat_number": ("vat", "btw", "btw nummer", "vat id"),
        "kvk_number": ("kvk", "chamber of commerce", "coc number", "handelsregister"),
        "stage": ("lifecycle stage", "status", "fase"),
        "owner": ("account manager", "eigenaar", "accountmanager"),
        "since": ("customer since", "klant sinds", "created", "aangemaakt"),
    }
    writer = CustomerWriter
    bulk = CustomerBulk
