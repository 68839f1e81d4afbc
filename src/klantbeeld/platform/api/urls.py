"""Where the API lives; its addresses and what can be done there are in the endpoints."""

from klantbeeld.platform.api.application import api

urlpatterns = api.urls[0]
