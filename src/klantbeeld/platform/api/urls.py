"""Where the API lives; its addresses and what can be done there are in the endpoints."""

from klantbeeld.platform.api.application import api

# The framework's own front page is for people, and has nothing to show.
urlpatterns = [pattern for pattern in api.urls[0] if getattr(pattern, "name", None) != "api-root"]
