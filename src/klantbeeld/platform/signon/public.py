"""What others use of single sign-on: the providers, checking and testing one, sealing its secret."""

from klantbeeld.platform.signon.fetching import check_issuer
from klantbeeld.platform.signon.models import Protocol, Provider
from klantbeeld.platform.signon.queries import provider_of, providers_offered
from klantbeeld.platform.signon.saml_metadata import read_metadata
from klantbeeld.platform.signon.sealed_text import sealed
from klantbeeld.platform.signon.testing import begin_test, result_of

__all__ = [
    "Protocol",
    "Provider",
    "begin_test",
    "check_issuer",
    "provider_of",
    "providers_offered",
    "read_metadata",
    "result_of",
    "sealed",
]
