"""Live streams, for any ASGI server: one process is enough."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klantbeeld.config.settings")
django.setup()

from klantbeeld.site.live.application import LiveApplication  # noqa: E402 - needs the settings

application = LiveApplication()
