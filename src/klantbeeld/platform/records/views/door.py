"""What all pages of records share: who asks, which type, and how a refusal is shown."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere, Refused
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

View = Callable[..., HttpResponseBase]


def for_actor(view: View) -> View:
    """Let only members of this organisation in: strangers go to the sign-in page, others' accounts get a 403.

    The view gets the actor after the request. A refusal by the gates becomes a 404 or a 403; whatever else was refused
    and the view itself doesn't show is told on a page of its own.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is None:
            if request.user.is_authenticated:
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, actor, *args, **kwargs)
        except NotFoundHere as refused:
            raise Http404(str(refused)) from None
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None
        except Refused as refused:
            return _told(request, refused.status, _sentences(refused))
        except BadCondition as refused:
            return _told(request, HTTPStatus.BAD_REQUEST, str(refused.message))

    return guarded


def _told(request: HttpRequest, status: HTTPStatus, reason: str) -> HttpResponseBase:
    return render(request, "400.html", {"reason": reason}, status=status)


def _sentences(refused: Refused) -> str:
    texts = [str(text) for each in refused.errors.values() for text in each] if isinstance(refused, Invalid) else []
    return " ".join(texts) or str(refused)


def of_type(view: View) -> View:
    """`for_actor`, and the record type of the address instead of its slug; 404 for one that may not be read at all."""

    @wraps(view)
    def typed(request: HttpRequest, actor: Actor, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record_type = registry.find(slug)
        if record_type is None or not gates.may(actor, "read", record_type):
            raise NotFoundHere
        return view(request, actor, record_type, *args, **kwargs)

    return for_actor(typed)


def title_of(actor: Actor, record_type: RecordType, row: dict[str, Any]) -> str:
    """What a record is called on the screen: its title if that may be read, else its type."""
    return title_in(record_type, record_type.readable(actor).get(record_type.title), row)


def title_in(record_type: RecordType, title: RecordField | None, row: dict[str, Any]) -> str:
    """`title_of` for whoever knows the title's field already: None when it may not be read."""
    value = row.get(title.path) if title else None
    if value and title and title.choices:
        value = dict(title.choices).get(value, value)
    return str(value or record_type.label)
