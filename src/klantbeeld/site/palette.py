"""What can be done from the palette besides records: settings, files, colours, signing out."""

from django.utils.translation import gettext_lazy as _

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import Command, register
from klantbeeld.platform.transfer.public import may_import


def compose() -> None:
    """Register the commands."""
    register(Command("import", _("Import a file"), "file-import", "transfer:new", visible=_may_import_something))
    register(Command("imports", _("Go to imports"), "file-import", "transfer:imports"))
    register(Command("exports", _("Go to exports"), "file-export", "transfer:exports"))
    register(Command("notifications", _("Go to notifications"), "bell", "notifications:list"))
    register(Command("told", _("Choose how you want to be told"), "bell", "notifications:settings"))
    register(Command("bulk", _("Go to bulk changes"), "checklist", "bulk_changes:changes"))
    register(Command("settings", _("Go to settings"), "settings", "organisation:index"))
    register(Command("me", _("Go to your profile"), "user-circle", "organisation:me"))
    register(Command("colleagues", _("Go to colleagues"), "users", "organisation:colleagues", visible=_manages_people))
    register(Command("tokens", _("Go to API tokens"), "plug", "organisation:tokens"))
    register(Command("theme-light", _("Switch to light colours"), "sun", action={"set-theme": "light"}))
    register(Command("theme-dark", _("Switch to dark colours"), "moon", action={"set-theme": "dark"}))
    register(Command("theme-system", _("Switch to the system’s colours"), "sun-moon", action={"set-theme": "system"}))
    register(Command("sign-out", _("Sign out"), "logout", "account_logout"))


def _may_import_something(actor: Actor) -> bool:
    return any(may_import(actor, each) for each in registry)


def _manages_people(actor: Actor) -> bool:
    return actor.may(MANAGE_PEOPLE)
