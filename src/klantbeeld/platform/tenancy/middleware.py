"""Which organisation a request is for: by host name; one alone needs none."""

from collections.abc import Callable, Sequence
from time import monotonic

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

_KEPT_SECONDS = 5.0


class TenantMiddleware:
    """Sets `request.tenant` (None when nobody by that name lives here) and enters its scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.tenants: list[Tenant] = []
        self.read_at = -_KEPT_SECONDS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tenant = self._find(split_domain_port(request.get_host())[0])
        request.tenant = tenant  # type: ignore[attr-defined]
        with entered(Scope(tenant.id, origin="web") if tenant else None):
            return self.get_response(request)

    def _find(self, host: str) -> Tenant | None:
        if monotonic() - self.read_at > _KEPT_SECONDS or not self.tenants:
            self.tenants = list(Tenant.objects.all())
            self.read_at = monotonic()
        return tenant_at(host, self.tenants)


def tenant_at(host: str, tenants: Sequence[Tenant]) -> Tenant | None:
    """The organisation that lives at a host (without port): one alone lives everywhere. None when there is none."""
    if len(tenants) == 1:
        return tenants[0]
    return next((tenant for tenant in tenants if host in tenant.hosts), None)
