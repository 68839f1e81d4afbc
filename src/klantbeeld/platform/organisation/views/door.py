"""Who may open a page of the settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.records.views.door import for_actor

View = Callable[..., HttpResponse]

FORM_METHODS = ["GET", "HEAD", "POST"]


def for_ability(ability: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Let only those in who have an ability; others get a 403. The view gets the actor after the request."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, actor: Actor, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor.may(ability):
                raise NotAllowed
            return view(request, actor, *args, **kwargs)

        return for_actor(guarded)

    return decorate
