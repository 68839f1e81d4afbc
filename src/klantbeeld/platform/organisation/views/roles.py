"""Roles: the list, the grid, copying, deleting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.actions.save_role import delete_role, save_role
from klantbeeld.platform.organisation.forms import role_grid
from klantbeeld.platform.organisation.granting import ACTION_LABELS
from klantbeeld.platform.organisation.names import MANAGE_ROLES
from klantbeeld.platform.organisation.views.door import FORM_METHODS, for_ability


@require_safe
@for_ability(MANAGE_ROLES)
def list_roles(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All roles with how many colleagues have them."""
    holders = Count("member_roles", filter=Q(member_roles__member__active=True))
    roles = Role.objects.annotate(holders=holders).order_by("-is_owner", "name")
    return render(request, "organisation/roles.html", {"roles": roles})


@require_http_methods(FORM_METHODS)
@for_ability(MANAGE_ROLES)
def edit_role(request: HttpRequest, actor: Actor, role_id: UUID | None = None) -> HttpResponse:
    """The grid of a role, or of a new one; `?like=` starts from a copy of another."""
    role = _role(role_id) if role_id else _start(request.GET.get("like", ""))
    problem: Invalid | NotAllowed | None = None
    if request.method == "POST":
        role.name = request.POST.get("name", "").strip()[:100]
        role.description = request.POST.get("description", "").strip()[:500]
        role.is_owner = "is_owner" in request.POST
        role.grants = {} if role.is_owner else role_grid.posted_grants(request.POST)
        role.second_step = "second_step" in request.POST
        try:
            if not role.name:
                raise Invalid({"name": [_("This is needed.")]})
            save_role(actor, role_id, role.name, role.description, role.is_owner, role.grants, role.second_step)
        except (Invalid, NotAllowed) as refused:
            problem = refused
        else:
            messages.success(request, _("Saved"))
            return redirect("organisation:roles")
    context = _page(actor, role, role_id, problem)
    return render(request, "organisation/role.html", context, status=422 if problem else 200)


@require_POST
@for_ability(MANAGE_ROLES)
def remove_role(request: HttpRequest, actor: Actor, role_id: UUID) -> HttpResponse:
    """Delete a role, after the page has asked."""
    try:
        delete_role(actor, role_id)
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("organisation:role", role_id)
    messages.success(request, _("Role deleted"))
    return redirect("organisation:roles")


def _page(actor: Actor, role: Role, role_id: UUID | None, problem: Invalid | NotAllowed | None) -> dict[str, Any]:
    errors = problem.errors if isinstance(problem, Invalid) else {"": [problem.message] if problem else []}
    return {
        "role": role,
        "role_id": role_id,
        "title": role.name if role_id else _("New role"),
        "name_errors": errors.get("name", []),
        "problems": [text for name, texts in errors.items() if name != "name" for text in texts],
        "wrong": problem is not None,
        "actions": ACTION_LABELS.values(),
        "lines": [(line, role_grid.reaches(line)) for line in role_grid.lines(role.grants)],
        "modes": role_grid.modes(),
        "abilities": role_grid.ability_choices(role.grants),
        "may_make_owners": actor.grants.everything,
    }


def _role(role_id: UUID) -> Role:
    role = Role.objects.filter(id=role_id).first()
    if role is None:
        raise NotFoundHere
    return role


def _start(like: str) -> Role:
    try:
        source = Role.objects.filter(id=UUID(like)).first() if like else None
    except ValueError:
        source = None
    if source is None:
        return Role(grants={})
    name = _("%(name)s (copy)") % {"name": source.name}
    return Role(
        name=name[:100],
        description=source.description,
        is_owner=source.is_owner,
        grants=source.grants,
        second_step=source.second_step,
    )
