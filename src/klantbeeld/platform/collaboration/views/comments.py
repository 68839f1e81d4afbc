"""Writing, changing and removing comments, and following, on the page of a record."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.actions.write_comment import (
    Given,
    Unseeing,
    change_comment,
    remove_comment,
    write_comment,
)
from klantbeeld.platform.collaboration.following import set_following
from klantbeeld.platform.collaboration.models import Comment
from klantbeeld.platform.collaboration.panels import talk
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.records.addresses import detail_url
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def write(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """GET: the whole conversation, with `?part=1` the comments alone. POST: store what was typed; if that can't be,
    what was typed with the reason."""
    if request.method != "POST":
        one(actor, record_type, record_id, (record_type.title,))
        if not request.headers.get("HX-Request"):
            return redirect(detail_url(record_type.slug, record_id))
        if "part" not in request.GET:
            return _panel(request, actor, record_type, record_id, everything=True)
        everything = request.GET.get("all") == "1"
        context = talk(actor, record_type.slug, record_id, everything) | {"asked_all": everything}
        return render(request, "collaboration/said.html", context)
    try:
        write_comment(actor, record_type, record_id, _given(request))
    except Invalid as problem:
        return _refused(request, actor, record_type, record_id, problem)
    return _panel(request, actor, record_type, record_id, _("Comment placed"))


@require_http_methods(["GET", "HEAD", "POST"])
@of_type
def edit(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, comment_id: UUID
) -> HttpResponse:
    """GET: the form for one's own comment. POST: store its new text."""
    one(actor, record_type, record_id, (record_type.title,))
    own = Comment.objects.filter(id=comment_id, record_id=record_id, author_id=actor.member_id).first()
    if own is None or actor.member_id is None:
        raise NotFoundHere
    context = {"slug": record_type.slug, "record_id": record_id, "comment": own, "typed": own.text}
    context |= {"longest": Comment.LONGEST}
    if request.method != "POST":
        return render(request, "collaboration/edit.html", context)
    try:
        change_comment(actor, record_type, comment_id, _given(request))
    except Invalid as problem:
        context |= {"typed": request.POST.get("text", ""), **_wrong(problem)}
        response = render(request, "collaboration/edit.html", context, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = f"#comment-{comment_id}", "outerHTML"
        return response
    return _panel(request, actor, record_type, record_id, _("Comment changed"))


@require_POST
@of_type
def remove(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, comment_id: UUID
) -> HttpResponse:
    """Remove one's own comment."""
    remove_comment(actor, record_type, comment_id)
    return _panel(request, actor, record_type, record_id, _("Comment removed; history keeps it"))


@require_POST
@of_type
def follow(request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID) -> HttpResponse:
    """Follow (`follow=1`) or stop to."""
    wanted = request.POST.get("follow") == "1"
    set_following(actor, record_type, record_id, wanted)
    text = _("You follow this now") if wanted else _("You don’t follow this any more")
    return _panel(request, actor, record_type, record_id, text)


def _given(request: HttpRequest) -> Given:
    return Given(
        text=request.POST.get("text", ""),
        picked=_ids(request.POST.getlist("picked")),
        anyway=_ids(request.POST.getlist("anyway")),
    )


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:100]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _wrong(problem: Invalid) -> dict[str, Any]:
    return {"wrong": str(problem), "unseeing": problem.members if isinstance(problem, Unseeing) else {}}


def _refused(
    request: HttpRequest, actor: Actor, record_type: RecordType, record_id: UUID, problem: Invalid
) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.error(request, str(problem))
        return redirect(detail_url(record_type.slug, record_id))
    context = {"slug": record_type.slug, "record_id": record_id, "typed": request.POST.get("text", "")}
    context |= {"longest": Comment.LONGEST, "picked": _ids(request.POST.getlist("picked")), **_wrong(problem)}
    response = render(request, "collaboration/composer.html", context, status=422)
    response["HX-Retarget"], response["HX-Reswap"] = "#talk", "outerHTML"
    return response


def _panel(
    request: HttpRequest,
    actor: Actor,
    record_type: RecordType,
    record_id: UUID,
    text: str = "",
    everything: bool = False,
) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        messages.success(request, text)
        return redirect(detail_url(record_type.slug, record_id))
    context = talk(actor, record_type.slug, record_id, everything) | {"asked_all": everything}
    response = render(request, "collaboration/panel.html", context)
    if text:
        response["HX-Trigger"] = json.dumps({"toast": {"text": text}})
    return response
