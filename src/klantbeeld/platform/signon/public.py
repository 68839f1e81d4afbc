"""What others use of single sign-on: the providers, checking and testing one, sealing its secret."""

from klantbeeld.platform.signon.fetching import check_issuer
from klantbeeld.platform.signon.models import Provider
from klantbeeld.platform.signon.queries import provider_of, providers_offered
from klantbeeld.platform.signon.sealed_text import sealed
from klantbeeld.platform.signon.testing import begin_test, result_of

__all__ = ["Provider", "begin_test", "check_issuer", "provider_of", "providers_offered", "result_of", "sealed"]
