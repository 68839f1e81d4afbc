"""The Content-Security-Policy: nothing but our own files, and no script or style inside a page."""

from csp.constants import NONE, SELF


def content_security_policy(live_origin: str = "") -> dict[str, dict[str, list[str]]]:
    """The value of django-csp's setting CONTENT_SECURITY_POLICY.

    `live_origin` is the origin of the process that streams what changes ("https://live.example.org"), when it isn't
    the origin of the pages.
    """
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF],
            "font-src": [SELF],
            "connect-src": [SELF, live_origin] if live_origin else [SELF],
            "manifest-src": [SELF],
            "form-action": [SELF],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
        }
    }
