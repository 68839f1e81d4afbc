"""Questions about the providers of the current organisation."""

from uuid import UUID

from django.http import HttpRequest

from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.signon.models import Provider


def provider_of(text: str) -> Provider | None:
    """The provider with this id, if it is one of the current organisation's."""
    try:
        return Provider.objects.select_related("tenant", "default_role").filter(id=UUID(text)).first()
    except ValueError:
        return None


def providers_offered(request: HttpRequest) -> list[Provider]:
    """The providers to choose from on the sign-in page: those that somebody has tested."""
    if getattr(request, "tenant", None) is None:
        return []
    return list(Provider.objects.filter(tested_at__isnull=False).order_by("name"))


def must_use_sso(request: HttpRequest, user: User) -> bool:
    """Whether a colleague may come in by single sign-on only. Others are told elsewhere that they aren't colleagues."""
    if getattr(request, "tenant", None) is None:
        return False
    enforcing = list(Provider.objects.filter(only=True, tested_at__isnull=False))
    if not enforcing or not Member.objects.filter(user=user).exists():
        return False
    spared = [provider.break_glass_id for provider in enforcing if provider.break_glass_id]
    return not Member.objects.filter(user=user, id__in=spared).exists()
