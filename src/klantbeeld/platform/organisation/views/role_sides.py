"""Roles beside each other, in files, and in time."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.organisation import role_files
from klantbeeld.platform.organisation.names import MANAGE_ROLES
from klantbeeld.platform.organisation.role_history import history_of
from klantbeeld.platform.organisation.roles_compared import Rights, compare
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability


@require_safe
@for_ability(MANAGE_ROLES)
def compare_roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """`?a=` and `?b=` side by side: only what differs, or with `?all=1` every right."""
    roles = list(Role.objects.order_by("-is_owner", "name"))
    by_id = {str(each.id): each for each in roles}
    left = by_id.get(request.GET.get("a", ""), roles[0] if roles else None)
    right = by_id.get(request.GET.get("b", ""), roles[1] if len(roles) > 1 else left)
    if left is None or right is None:
        raise NotFoundHere
    every = "all" in request.GET
    rows = compare(Rights(left.is_owner, left.grants), Rights(right.is_owner, right.grants))
    context = {
        "roles": roles,
        "left": left,
        "right": right,
        "every": every,
        "rows": rows if every else [each for each in rows if each.differs],
    }
    return render(request, "organisation/compare_roles.html", context)


@require_safe
@for_ability(MANAGE_ROLES)
def export_roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All roles as a file."""
    text = role_files.dump(Role.objects.order_by("name"))
    name = f"roles-{actor.tenant.slug}-{date.today().isoformat()}.json"
    return HttpResponse(
        text, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_ROLES)
def import_roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A file is sent, what it would change is shown, and after a second yes it is done."""
    context: dict[str, object] = {"most": role_files.LARGEST // 1000}
    if request.method != "POST":
        return render(request, "organisation/import_roles.html", context)
    try:
        text = _sent(request)
        planned = role_files.read(text)
        if "sure" in request.POST:
            done = role_files.bring_in(actor, planned)
            messages.success(
                request, ngettext("%(count)d role brought in", "%(count)d roles brought in", done) % {"count": done}
            )
            return redirect("organisation:roles")
        context |= {"planned": planned, "text": text, "usable": not any(each.problems for each in planned)}
    except Invalid as problem:
        return render(request, "organisation/import_roles.html", context | {"problem": str(problem)}, status=422)
    return render(request, "organisation/import_roles.html", context)


def _sent(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "")
    if (file.size or 0) > role_files.LARGEST:
        raise Invalid(_("This file is too large for roles. Nothing was changed."))
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_("This isn’t JSON, or is damaged. Nothing was changed.")) from None


@require_safe
@for_ability(MANAGE_ROLES)
def show_role_history(request: HttpRequest, actor: Actor, role_id: UUID) -> HttpResponse:
    """What happened to a role."""
    role = Role.objects.filter(id=role_id).first()
    if role is None:
        raise NotFoundHere
    return render(request, "organisation/role_history.html", {"role": role, "happened": history_of(role)})
