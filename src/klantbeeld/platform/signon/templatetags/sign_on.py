"""The providers that the sign-in page offers."""

from django import template
from django.template import Context

from klantbeeld.platform.signon.models import Provider
from klantbeeld.platform.signon.queries import providers_offered

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_on_providers(context: Context) -> list[Provider]:
    """Those of the organisation that the request is for."""
    return providers_offered(context["request"])
