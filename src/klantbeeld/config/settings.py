"""The one settings file. Everything that differs between installations comes from the environment."""

import secrets
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.config import env

SOURCE = Path(__file__).resolve().parents[1]
DATA = env.folder("KLANTBEELD_DATA", SOURCE.parents[1] / ".klantbeeld")

DEBUG = env.flag("KLANTBEELD_DEBUG")
# Without one, sessions and links last as long as this process; never a key that others know.
SECRET_KEY = env.text("KLANTBEELD_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = env.words("KLANTBEELD_HOSTS", [".localhost", "127.0.0.1", "[::1]"])
LIVE_URL = env.text("KLANTBEELD_LIVE_URL")
# Origins whose pages may read live streams; none given: any of the same host.
WEB_ORIGINS = env.words("KLANTBEELD_WEB_ORIGIN", [])
# Where people find the product, for links in mails: "https://crm.example.org".
SITE_URL = env.text("KLANTBEELD_URL")
LIVE_CHECK_SECONDS = env.integer("KLANTBEELD_LIVE_CHECK_SECONDS", 30)
# How long a request may keep the database busy with one statement; 0 is for ever.
STATEMENT_SECONDS = env.integer("KLANTBEELD_STATEMENT_SECONDS", 30)
# How often a token may ask, where it has no limit of its own.
API_REQUESTS_PER_MINUTE = env.integer("KLANTBEELD_API_PER_MINUTE", 6_000)
# Whether webhooks may go to addresses without TLS, and to which private networks (CIDR) all the same.
WEBHOOKS_HTTP = env.flag("KLANTBEELD_WEBHOOKS_HTTP")
WEBHOOKS_NETWORKS = env.words("KLANTBEELD_WEBHOOKS_NETWORKS", [])
SECURE = env.flag("KLANTBEELD_HTTPS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    # Before allauth, whose pages it draws.
    "klantbeeld.platform.ui",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "procrastinate.contrib.django",
    "csp",
    "klantbeeld.platform.tenancy",
    "klantbeeld.platform.people",
    "klantbeeld.platform.access",
    "klantbeeld.platform.signon",
    "klantbeeld.platform.events",
    "klantbeeld.platform.jobs",
    "klantbeeld.platform.audit",
    "klantbeeld.platform.conditions",
    "klantbeeld.platform.formulas",
    "klantbeeld.platform.customfields",
    "klantbeeld.platform.records",
    "klantbeeld.platform.search",
    "klantbeeld.platform.transfer",
    "klantbeeld.platform.bulk_changes",
    "klantbeeld.platform.api",
    "klantbeeld.platform.notifications",
    "klantbeeld.platform.collaboration",
    "klantbeeld.platform.webhooks",
    "klantbeeld.platform.organisation",
    "klantbeeld.customers",
    "klantbeeld.interactions",
    "klantbeeld.commerce",
    "klantbeeld.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klantbeeld.platform.tenancy.middleware.TenantMiddleware",
    "klantbeeld.platform.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "klantbeeld.platform.access.middleware.ActorMiddleware",
    "klantbeeld.platform.access.first_things.FirstThingsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "klantbeeld.platform.ui.time_limit.TimeLimitMiddleware",
]

ROOT_URLCONF = "klantbeeld.site.urls"
WSGI_APPLICATION = "klantbeeld.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "klantbeeld.platform.ui.context.shell",
            ],
            "builtins": ["klantbeeld.platform.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

# --- database ------------------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", "postgresql://klantbeeld@localhost/klantbeeld")
APP_ROLE = "klantbeeld_app"
APP_DATABASE_URL = env.text("KLANTBEELD_APP_DATABASE_URL")


def _database(url: str, **options: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"ENGINE": "klantbeeld.platform.tenancy.engine", **env.database(url)}
    made["OPTIONS"] = {**made["OPTIONS"], "application_name": "klantbeeld", **options}
    return made


_POOL = {
    "min_size": 1,
    "max_size": env.integer("KLANTBEELD_DB_POOL", 8),
    "timeout": 10,
}
DATABASES: dict[str, Any] = {
    # What the product runs on: a role that row-level security binds.
    "default": _database(
        APP_DATABASE_URL or DATABASE_URL,
        pool=_POOL if env.flag("KLANTBEELD_POOLED") else False,
        **({} if APP_DATABASE_URL else {"options": f"-c role={APP_ROLE}"}),
    ),
    # What migrations run on: the owner of the tables.
    "owner": _database(DATABASE_URL),
}
DATABASES["owner"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "klantbeeld.platform.people.public.display_name"
ACCOUNT_ADAPTER = "klantbeeld.platform.signon.adapter.SignOnAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Ours (people/brakes.py) says how long to wait, for all processes; the others are allauth's own.
ACCOUNT_RATE_LIMITS = {"login_failed": ""}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("KLANTBEELD_BEHIND_PROXY") else 0
MFA_ADAPTER = "klantbeeld.platform.people.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "klantbeeld.platform.people.codes.CodeForm",
    "reauthenticate": "klantbeeld.platform.people.codes.CodeAgainForm",
    "add_webauthn": "klantbeeld.platform.people.passkeys.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
SOCIALACCOUNT_ADAPTER = "klantbeeld.platform.signon.adapter.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# By a link: the policy of the page lets forms go to ourselves only, and a provider may send people on.
SOCIALACCOUNT_LOGIN_ON_GET = True
# Whether providers may be in a private network.
SIGN_ON_PRIVATE = env.flag("KLANTBEELD_SSO_PRIVATE")
MFA_TOTP_ISSUER = "Klantbeeld"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "klantbeeld.platform.people.sessions"
SESSION_COOKIE_NAME = "klantbeeld_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "klantbeeld_csrf"
CSRF_FAILURE_VIEW = "klantbeeld.platform.ui.views.csrf_refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("KLANTBEELD_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"

# --- languages and times -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nl", _("Dutch"))]
LANGUAGE_COOKIE_NAME = "klantbeeld_language"
LOCALE_PATHS = [SOURCE / "platform" / "kernel" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# --- files and pages -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

EMAIL_BACKEND = env.text("KLANTBEELD_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("KLANTBEELD_SMTP_HOST", "localhost")
EMAIL_PORT = env.integer("KLANTBEELD_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("KLANTBEELD_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("KLANTBEELD_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("KLANTBEELD_SMTP_TLS")
DEFAULT_FROM_EMAIL = env.text("KLANTBEELD_MAIL_FROM", "klantbeeld@localhost")

# allauth counts requests here, which must hold for all processes together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_count",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": [
            "'self'",
            *([LIVE_URL.split("/", 3)[0] + "//" + LIVE_URL.split("/", 3)[2]] if LIVE_URL else []),
        ],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("KLANTBEELD_LOG", "WARNING")},
}
