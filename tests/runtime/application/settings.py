"""The settings of a very small application, to try the launcher on: it has to start, serve, and survive."""

import os
from urllib.parse import urlsplit

_address = urlsplit(os.environ["DATABASE_URL"])

SECRET_KEY = os.environ["KLANTBEELD_SECRET_KEY"]
ALLOWED_HOSTS = os.environ.get("KLANTBEELD_HOSTS", "").split(",")
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "tests.runtime.application"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _address.path[1:],
        "USER": _address.username,
        "PASSWORD": _address.password,
        "HOST": _address.hostname,
        "PORT": _address.port,
    }
}
ROOT_URLCONF = "tests.runtime.application.urls"
WSGI_APPLICATION = "tests.runtime.application.entries.pages"
ASGI_APPLICATION = "tests.runtime.application.entries.live"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
USE_TZ = True
