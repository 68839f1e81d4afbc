"""Writes that carry an Idempotency-Key happen once: who asks again gets the same answer.

The answer is stored in the transaction of the write, so neither is there without the other. A request that was refused
left nothing behind and isn't remembered: it may be sent again, mended.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from klantbeeld.platform.api.caller import Caller
from klantbeeld.platform.api.errors import KeyInUse, TooLarge
from klantbeeld.platform.api.models import Answer
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

HEADER = "HTTP_IDEMPOTENCY_KEY"
NAME = "Idempotency-Key"
SAFE = ("GET", "HEAD", "OPTIONS")
KEPT = timedelta(hours=24)
_KEY = re.compile(r"[!-~]{1,255}")
_TOLD = ("Content-Type", "Location", "ETag")
_LARGEST = 1024 * 1024
_TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def answer(request: HttpRequest, caller: Caller, run: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer to a write: what `run` says, or what it said when the same was asked within `KEPT`.

    Raises Invalid for a key that can't be used or was used for something else, and KeyInUse while it is in use.
    """
    key = request.META[HEADER]
    if not _KEY.fullmatch(key):
        raise Invalid({NAME: [_("Use 1 to 255 visible characters of ASCII, such as a UUID.")]})
    asker = caller.token_id or caller.actor.member_id or caller.actor.tenant.id
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TRY, [f"{caller.actor.tenant.id} {asker} {key}"])
            if not cursor.fetchone()[0]:
                raise KeyInUse
        known = Answer.objects.filter(asker=asker, key=key).first()
        if known is not None and known.created_at > clock.now() - KEPT:
            return _again(known, fingerprint)
        if known is not None:
            known.delete()
        response = run()
        headers = {name: response[name] for name in _TOLD if response.has_header(name)}
        Answer.objects.create(
            asker=asker,
            key=key,
            fingerprint=fingerprint,
            status=response.status_code,
            headers=headers,
            body=response.content,
            created_at=clock.now(),
        )
    return response


def forget_old_answers() -> None:
    """Remove the answers of every organisation that are older than `KEPT`. May be repeated."""
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            Answer.objects.filter(created_at__lt=clock.now() - KEPT).delete()


def _fingerprint(request: HttpRequest) -> str:
    if int(request.META.get("CONTENT_LENGTH") or 0) > _LARGEST:
        raise TooLarge
    parts = (request.method or "", request.get_full_path(), request.META.get("HTTP_IF_MATCH", ""))
    made = hashlib.sha256("\n".join(parts).encode())
    made.update(b"\n" + request.body)
    return made.hexdigest()


def _again(known: Answer, fingerprint: str) -> HttpResponse:
    if known.fingerprint != fingerprint:
        raise Invalid({NAME: [_("This key was used for another request. Use a new one for each.")]})
    response = HttpResponse(bytes(known.body), status=known.status)
    del response["Content-Type"]
    for name, value in known.headers.items():
        response[name] = value
    response["Idempotency-Replayed"] = "true"
    return response
