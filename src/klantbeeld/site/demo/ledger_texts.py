"""What colleagues wrote down in the demo: made up, to make sense beside the orders.

Each is (channel, direction, days after the order, seconds or 0, Dutch summary, Dutch text, English summary, English
text). `{order}` is an order's number, `{thing}` something in it, `{who}` a colleague's first name.
"""

from typing import NamedTuple


class Text(NamedTuple):
    channel: str
    direction: str
    days: float
    seconds: int
    nl: str
    nl_body: str
    en: str
    en_body: str


ABOUT_ORDERS = (
    Text(
        "mail",
        "in",
        0.9,
        0,
        "Vraag over de levering van bestelling {order}",
        "Goedemiddag,\n\nKunnen jullie zeggen wanneer bestelling {order} komt? Ik ben donderdag de hele dag"
        " weg.\n\nGroet",
        "Question about the delivery of order {order}",
        "Hello,\n\nCould you tell me when order {order} will arrive? I am away all Thursday.\n\nKind regards",
    ),
    Text(
        "mail",
        "out",
        1.2,
        0,
        "Re: Vraag over de levering van bestelling {order}",
        "Dag,\n\nDe vervoerder komt woensdag tussen 10 en 12 uur langs met bestelling {order}. Ben je er dan niet, dan"
        " staat het pakket bij de buren.\n\n{who}",
        "Re: Question about the delivery of order {order}",
        "Hello,\n\nThe carrier will bring order {order} on Wednesday between 10 and 12. If you are out, it is left with"
        " your neighbours.\n\n{who}",
    ),
    Text(
        "call",
        "in",
        3,
        260,
        "Eén stuk kapot aangekomen in {order}",
        "“{thing}” was gebroken, de doos was ingedeukt. Nieuwe gaat morgen mee, foto niet nodig.",
        "One piece of {order} arrived broken",
        "“{thing}” was broken, the box was dented. A new one goes out tomorrow, no photo needed.",
    ),
    Text(
        "call",
        "in",
        2,
        145,
        "Wil nog iets bij bestelling {order} doen",
        "Graag nog twee keer “{thing}” erbij. Kan niet meer in dezelfde zending, nieuwe bestelling afgesproken.",
        "Wants to add to order {order}",
        "Two more of “{thing}”, please. Too late for the same parcel; agreed on a new order.",
    ),
    Text(
        "call",
        "out",
        5,
        190,
        "Nagebeld of {order} goed is aangekomen",
        "Alles compleet en heel. Blij met “{thing}”.",
        "Called to hear whether {order} arrived well",
        "All there and in one piece. Pleased with “{thing}”.",
    ),
    Text(
        "mail",
        "in",
        8,
        0,
        "Factuur bij {order} voor onze administratie",
        "Beste,\n\nOnze boekhouder vraagt de factuur van {order} met ons btw-nummer erop. Kan dat"
        " nog?\n\nAlvast bedankt",
        "Invoice of {order} for our books",
        "Hello,\n\nOur accountant asks for the invoice of {order} with our VAT number on it. Is that still"
        " possible?\n\nThanks",
    ),
    Text(
        "mail",
        "out",
        9,
        0,
        "Re: Factuur bij {order} voor onze administratie",
        "Dag,\n\nDe aangepaste factuur zit erbij.\n\n{who}",
        "Re: Invoice of {order} for our books",
        "Hello,\n\nThe new invoice is attached.\n\n{who}",
    ),
    Text(
        "chat",
        "in",
        0.1,
        320,
        "Is “{thing}” nog op voorraad?",
        "Vroeg voor het bestellen of er genoeg van was. Ja: ruim.",
        "Is “{thing}” in stock?",
        "Asked before ordering whether there was enough. Yes, plenty.",
    ),
    Text(
        "chat",
        "in",
        4,
        240,
        "Waar blijft {order}?",
        "Volgens de vervoerder onderweg, morgen geleverd. Klant tevreden.",
        "Where is {order}?",
        "On its way according to the carrier, delivered tomorrow. Customer content.",
    ),
    Text(
        "note",
        "internal",
        6,
        0,
        "Koopt vooral voor de feestdagen",
        "In oktober bellen over het kerstassortiment; vorig jaar was “{thing}” een succes.",
        "Buys for the holidays mostly",
        "Call in October about the Christmas range; last year “{thing}” did well.",
    ),
    Text(
        "note",
        "internal",
        1,
        0,
        "Levering graag na 16 uur",
        "Overdag is er niemand. Staat ook bij het adres.",
        "Deliver after 4 pm",
        "Nobody is in during the day. Noted with the address as well.",
    ),
    Text(
        "post",
        "in",
        10,
        0,
        "Foto van “{thing}” gedeeld",
        "Mooie foto op Mastodon, met ons in de tekst. Bedankt teruggestuurd.",
        "Shared a photo of “{thing}”",
        "A fine photo on Mastodon that names us. Sent our thanks.",
    ),
    Text(
        "meeting",
        "out",
        20,
        2700,
        "Kennisgemaakt in de winkel",
        "Wil vaker in kleine aantallen bestellen. Staffel besproken, {who} maakt een voorstel.",
        "Met at the shop",
        "Would like to order small quantities more often. Talked about price breaks; {who} makes a proposal.",
    ),
    Text(
        "meeting",
        "out",
        35,
        3600,
        "Assortiment doorgenomen",
        "Samen door de nieuwe collectie. Belangstelling voor spullen als “{thing}”.",
        "Went through the range",
        "Through the new collection together. Interested in things like “{thing}”.",
    ),
    Text("visit", "in", 12, 420, "Bekeek het nieuwe assortiment", "", "Looked at the new range", ""),
)

ABOUT_RETURNS = (
    Text(
        "call",
        "in",
        -1.5,
        310,
        "Wil “{thing}” terugsturen",
        "Kleur valt tegen. Retour afgesproken, creditnota {order} volgt zodra het binnen is.",
        "Wants to return “{thing}”",
        "The colour disappoints. Agreed to take it back; credit note {order} follows when it is in.",
    ),
    Text(
        "mail",
        "out",
        0.2,
        0,
        "Je creditnota {order}",
        "Dag,\n\nWe hebben “{thing}” terug ontvangen. Het bedrag van {order} staat binnen drie werkdagen op je"
        " rekening.\n\n{who}",
        "Your credit note {order}",
        "Hello,\n\nWe have received “{thing}”. The amount of {order} will be in your account within three working"
        " days.\n\n{who}",
    ),
    Text(
        "mail",
        "in",
        -2.5,
        0,
        "Verkeerd artikel ontvangen",
        "Beste,\n\nIn plaats van wat ik bestelde zat “{thing}” in de doos. Hoe lossen we dat op?\n\nGroet",
        "Received the wrong article",
        "Hello,\n\nInstead of what I ordered the box held “{thing}”. How do we solve this?\n\nRegards",
    ),
)

TASKS = (
    ("Terugbellen over {order}", "Call back about {order}"),
    ("Voorstel maken voor grotere aantallen", "Make a proposal for larger quantities"),
    ("Vervanging van “{thing}” nasturen", "Send a replacement for “{thing}”"),
    ("Adres controleren na verhuizing", "Check the address after the move"),
    ("Kerstassortiment laten zien", "Show the Christmas range"),
)
