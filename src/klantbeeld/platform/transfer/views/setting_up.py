"""Setting up an import: the file, how it is written, which column goes where, and a look at what would come of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Gone, Invalid, NotAllowed, Refused
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.door import for_actor
from klantbeeld.platform.transfer import public
from klantbeeld.platform.transfer.mapping import checked, keys_of, offered
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.previewing import preview
from klantbeeld.platform.transfer.queries import import_of, locked_import_of
from klantbeeld.platform.transfer.reading import Dialect, Escape, FileRefused, Warning
from klantbeeld.platform.transfer.uploading import look, may_import, receive
from klantbeeld.platform.transfer.views.imports import labelled, running_of

_METHODS = ["GET", "HEAD", "POST"]
_TAB = "tab"
_DELIMITERS = (",", ";", _TAB, "|", "^", "~", ":", " ")
_QUOTES = ('"', "'")
_ESCAPES = {
    Escape.DOUBLED: gettext_lazy("written twice"),
    Escape.BACKSLASH: gettext_lazy("behind a backslash"),
}
# Those that Python reads and that files are still met in; the names are what programs call them.
_ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp437", "cp850", "cp858"),
    *("cp1250", "iso8859-2", "cp852", "mac-latin2", "cp1257", "iso8859-13", "iso8859-10", "iso8859-16"),
    *("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"),
    *("cp1253", "iso8859-7", "mac-greek", "cp1254", "iso8859-9", "mac-turkish"),
    *("cp1255", "iso8859-8", "cp1256", "iso8859-6", "cp1258", "cp874"),
    *("gb18030", "gbk", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949"),
)


@require_http_methods(_METHODS)
@for_actor
def upload(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose what to import, and send the file."""
    types = [each for each in registry if may_import(actor, each)]
    if not types:
        raise NotAllowed
    chosen = request.POST.get("type") or request.GET.get("type") or types[0].slug
    problem = ""
    if request.method == "POST":
        record_type = next((each for each in types if each.slug == chosen), None)
        content = request.FILES.get("file")
        try:
            if record_type is None or content is None:
                raise Invalid(_("Choose a file."))
            imported = receive(actor, record_type, content, content.name or "")
        except Refused as refused:
            problem = str(refused)
        else:
            return redirect("transfer:setup", imported.id)
    context = {"types": types, "chosen": chosen, "problem": problem}
    return render(request, "transfer/new.html", context, status=422 if problem else 200)


@require_http_methods(_METHODS)
@for_actor
def set_up(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponse:
    """Correct how the file is read, map its columns, look at the first rows, try it out, and begin."""
    imported = import_of(actor, import_id)
    if imported.job is not None:
        return redirect("transfer:import", import_id)
    if not imported.file:
        raise Gone(
            _("The file was removed %(days)d days after it was sent. Send it again.") % {"days": imported.KEPT.days}
        )
    problem = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                imported = locked_import_of(actor, import_id)
                if imported.job is None and running_of(imported) is None:
                    _take(imported, actor, request.POST)
        except Refused as refused:
            problem = str(refused)
        else:
            return redirect("transfer:setup" if imported.job is None else "transfer:import", import_id)
    return render(request, "transfer/setup.html", _context(imported, actor, problem), status=422 if problem else 200)


def _take(imported: Import, actor: Actor, given: Mapping[str, str]) -> None:
    """Do what the pressed button says."""
    action = given.get("action", "map")
    if action == "look":
        look(imported, actor, _dialect(imported, given))
    else:
        _map(imported, actor, given)
    imported.checked = {}
    imported.save()
    if action == "check":
        public.check(actor, imported)
    elif action == "run":
        public.run(actor, imported)


def _dialect(imported: Import, given: Mapping[str, str]) -> Dialect:
    before = Dialect.from_json(imported.dialect)
    changes: dict[str, Any] = {"header": given.get("header") == "on"}
    for name in ("encoding", "sheet", "decimal", "date", "escape"):
        if given.get(name):
            changes[name] = given[name]
    if "delimiter" in given:
        changes["delimiter"] = "\t" if given["delimiter"] in {_TAB, "\\t"} else given["delimiter"]
    if "quote" in given:
        changes["quote"] = given["quote"]
    skip = given.get("skip", "")
    if skip and not skip.isdecimal():
        raise FileRefused("dialect", setting="skip", value=repr(skip[:20]))
    changes["skip"] = int(skip[:9] or 0)
    return Dialect.from_json({**before.to_json(), **changes, "columns": []})


def _map(imported: Import, actor: Actor, given: Mapping[str, str]) -> None:
    record_type = registry.get(imported.record_type)
    mapping = []
    for each in imported.mapping:
        index = each["index"]
        decimal, date = given.get(f"decimal-{index}", each["decimal"]), given.get(f"date-{index}", each["date"])
        if decimal not in ("point", "comma") or date not in ("ymd", "dmy", "mdy"):
            raise Invalid(_("There is no such way of writing numbers or dates."))
        mapping.append({**each, "field": given.get(f"field-{index}", ""), "decimal": decimal, "date": date})
    key, mode = given.get("key", ""), given.get("mode", "both")
    if mode not in dict(Import._meta.get_field("mode").flatchoices):
        raise Invalid(_("Choose what the import may do."))
    checked(record_type, actor, mapping, key)
    imported.mapping, imported.key, imported.mode = mapping, key, mode


def _context(imported: Import, actor: Actor, problem: str) -> dict[str, Any]:
    record_type = registry.get(imported.record_type)
    fields = offered(record_type, actor)
    profiles = {each["name"]: each for each in imported.profile.get("columns", [])}
    columns = [{**each, "profile": profiles.get(each["column"], {})} for each in imported.mapping]
    mapped = {each["field"] for each in imported.mapping}
    dialect = Dialect.from_json(imported.dialect)
    return {
        "imported": imported,
        "record_type": record_type,
        "problem": problem,
        "dialect": dialect,
        "delimiter": _TAB if dialect.delimiter == "\t" else dialect.delimiter,
        "delimiters": _DELIMITERS,
        "quotes": _QUOTES,
        "escapes": _ESCAPES,
        "encodings": dict.fromkeys((dialect.encoding, *_ENCODINGS)),
        "fields": sorted(((name, str(each.label)) for name, each in fields.items()), key=lambda pair: pair[1].lower()),
        "columns": columns,
        "keys": [(key, fields[key].label) for key in keys_of(record_type) if key in mapped and key in fields],
        "modes": Import._meta.get_field("mode").flatchoices,
        "warnings": [Warning.from_json(each).message for each in imported.profile.get("warnings", [])],
        "preview": preview(imported, actor),
        "running": running_of(imported),
        "checked": imported.checked,
        "checked_problems": labelled(imported, imported.checked.get("problems", [])),
        "check_error": imported.check_job.error if imported.check_job else "",
    }
