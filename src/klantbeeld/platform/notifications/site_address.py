"""Where an organisation's pages are, for links in mails: nobody's request says it there."""

from urllib.parse import urlsplit

from django.conf import settings

from klantbeeld.platform.tenancy.models import Tenant


def site_address(tenant: Tenant) -> str:
    """Scheme and host, without a slash at the end: the installation's address, at the organisation's own host."""
    known = urlsplit(settings.SITE_URL or next(iter(settings.WEB_ORIGINS), "") or "http://localhost")
    if not tenant.hosts or known.hostname in tenant.hosts:
        return f"{known.scheme}://{known.netloc}"
    port = f":{known.port}" if known.port else ""
    return f"{known.scheme}://{tenant.hosts[0]}{port}"
