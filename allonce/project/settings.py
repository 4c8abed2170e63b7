"""Django's settings, all derived from `environment.py`."""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

from allonce.project.databases import database
from allonce.project.environment import HOME, SMS_FIELDS, kept_secret, read_environment

ENV = read_environment()
DATA_DIR = ENV.data_dir
SECRETS_DIR = DATA_DIR / "secrets"
BUILD_DIR = HOME / "build" / "front"

SECRET_KEY = kept_secret(SECRETS_DIR, "django", ENV.secret_key)
VAULT_ROOT_KEY = kept_secret(SECRETS_DIR, "vault", ENV.vault_root_key)
DEBUG = ENV.debug
DEMO = ENV.demo
DEMO_DAYS_AHEAD = ENV.demo_days_ahead
PUBLIC_URL = ENV.public_url.rstrip("/")
LISTENS_ON = ENV.host
# The web server puts a request's scheme and address right by what these say, and by what nobody else says.
TRUSTED_PROXIES = ENV.trusted_proxies
SECURE = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [PUBLIC_URL.split("//")[1].split(":")[0], "localhost", "127.0.0.1", *ENV.extra_hosts]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "anymail",
    "allonce.kernel.vault",
    "allonce.kernel.audit",
    "allonce.kernel.jobs",
    "allonce.kernel.post",
    "allonce.kernel.post.webhooks_out",
    "allonce.kernel.post.sms",
    "allonce.kernel.post.push",
    "allonce.kernel.accounts",
    "allonce.kernel.notices",
    "allonce.kernel.legal",
    "allonce.kernel.legal.marketing",
    "allonce.kernel.privacy",
    "allonce.kernel.privacy.rights",
    "allonce.kernel.privacy.retention",
    "allonce.kernel.privacy.requests",
    "allonce.kernel.privacy.processors",
    "allonce.kernel.privacy.analytics",
    "allonce.kernel.messaging",
    "allonce.kernel.casework",
    "allonce.kernel.billing",
    "allonce.project",
    "allonce.kernel.desk",
    "allonce.products.catalogue",
    "allonce.products.quoting",
    "allonce.products.vacancies",
    "allonce.products.chat",
    "allonce.products.chat.sites",
    "allonce.products.chat.leads",
    "allonce.products.chat.reports",
    "allonce.products.chat.provisioning",
    "allonce.products.chat.portal",
    "allonce.products.dating",
    *ENV.extra_apps,
]

MIDDLEWARE = [
    "allonce.kernel.clock.middleware.ShownZoneMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "allonce.project.static_files.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "allonce.kernel.accounts.middleware.KeepNothingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allonce.kernel.accounts.middleware.SignInMiddleware",
    "allonce.kernel.accounts.limits.LimitsMiddleware",
    "allonce.kernel.legal.middleware.AgreementMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allonce.kernel.privacy.analytics.middleware.VisitsMiddleware",
    "allonce.kernel.errors.middleware.ErrorsMiddleware",
]

ROOT_URLCONF = "allonce.project.urls"
ASGI_APPLICATION = "allonce.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "allonce.project.context.site",
                "allonce.kernel.accounts.context.signed_in",
            ],
        },
    },
]

DATABASES = {
    "default": database(ENV.database_url, DATA_DIR / "allonce.sqlite3"),
    "keys": database(ENV.keys_database_url, DATA_DIR / "keys" / "keys.sqlite3"),
}
DATABASE_ROUTERS = ["allonce.project.databases.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

REDIS_URL = ENV.redis_url
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.redis_url}
    if ENV.redis_url
    # Room for the counts of many addresses: Django's default of 300 entries would let a crowd flush them.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}

LOGGING_CONFIG = "allonce.kernel.errors.logs.configure"
LOGGING = {"version": 1}

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
SHOWN_ZONE = ENV.time_zone

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD_DIR] if BUILD_DIR.exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9A-Za-z_-]{8}\.[a-z0-9]+$"

LOGIN_URL = "accounts:sign_in"
# Every refused registration takes this long, so that its time tells nothing.
REGISTER_REFUSAL_SECONDS = 0.4
LOGIN_REDIRECT_URL = "catalogue:home"
AUTHENTICATION_BACKENDS = ["allonce.kernel.accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "allonce.kernel.accounts.session_store"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "allonce.kernel.errors.views.stale_form"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Bodies stay in memory: an order must never touch the server's disk (see docs/decisions).
MAX_BODY_BYTES = 32 * 1024 * 1024
MAX_BODIES_BYTES = 8 * MAX_BODY_BYTES
# The phone itself gives a post up after two minutes.
BODY_SECONDS = 150
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = ENV.email_backend
EMAIL_HOST = ENV.smtp_host
EMAIL_PORT = ENV.smtp_port
EMAIL_HOST_USER = ENV.smtp_user
EMAIL_HOST_PASSWORD = ENV.smtp_password
EMAIL_USE_TLS = ENV.smtp_tls
EMAIL_TIMEOUT = ENV.smtp_timeout
DEFAULT_FROM_EMAIL = ENV.mail_from
MAIL_DOMAIN = ENV.mail_domain
ANYMAIL = ENV.anymail
POST_LEASE_SECONDS = ENV.post_lease_seconds
MAILBOX_PORT = ENV.mailbox_port
CHAT_SITES_PORT = ENV.chat_sites_port
LOOPBACK_CALLS = ENV.demo or ENV.loopback_calls
SMS: dict[str, Any] = {
    "gateway": ENV.sms_gateway,
    "url": ENV.sms_url,
    "key": ENV.sms_key,
    "sender": ENV.sms_sender,
    "form": ENV.sms_form,
    "fields": SMS_FIELDS | ENV.sms_fields,
    "webhook_secret": ENV.sms_webhook_secret,
    "signature": ENV.sms_signature,
    "account_day": ENV.sms_account_day,
}
SELLERS: dict[str, Any] = {
    "stripe_key": ENV.stripe_key,
    "stripe_webhook_secrets": ENV.stripe_webhook_secrets,
    "stripe_api": ENV.stripe_api.rstrip("/"),
    "app_store_bundle": ENV.app_store_bundle,
    "app_store_id": ENV.app_store_id,
    "app_store_environment": ENV.app_store_environment,
    "app_store_roots": ENV.app_store_roots,
    "app_store_online_checks": ENV.app_store_online_checks,
    "play_package": ENV.play_package,
    "play_audience": ENV.play_audience,
    "play_push_email": ENV.play_push_email,
    "play_account": ENV.play_account,
    "play_keys": ENV.play_keys,
    "play_api": ENV.play_api.rstrip("/"),
}
STRIPE_CHECKOUT = ENV.stripe_checkout
STATUTORY_INTEREST = ENV.statutory_interest
CARD_SELLER_PORT = ENV.card_seller_port
OAUTH: dict[str, Any] = {
    "name": ENV.oauth_name,
    "client": ENV.oauth_client,
    "secret": ENV.oauth_secret,
    "authorize": ENV.oauth_authorize,
    "token": ENV.oauth_token,
    "profile": ENV.oauth_profile,
    "scopes": ENV.oauth_scopes,
    "proves_email": ENV.oauth_proves_email,
}
OAUTH_DOUBLE_PORT = ENV.oauth_double_port
DATING_WELCOME = ENV.dating_welcome
DATING_LOYALTY = ENV.dating_loyalty
DATING_WELCOME_BY_GENDER = ENV.dating_welcome_by_gender
PUSH_SERVICES = ENV.push_services
VAPID_SECRET = kept_secret(SECRETS_DIR, "vapid", ENV.vapid_key)
FILES_DIR: Path = DATA_DIR / "files"

OPERATOR_NAME = ENV.operator_name
OPERATOR_EMAIL = ENV.operator_email
OPERATOR_PHONE = ENV.operator_phone
OPERATOR_ADDRESS = ENV.operator_address
# The supervisory authority that every policy and every answer to a request names.
AUTHORITY = ENV.authority
RECOURSE = ENV.recourse
MEDIATOR = ENV.mediator
SUPPORT_EMAIL = ENV.support_email or f"support@{ENV.mail_domain}"
SUPPORT_AUTHSERV = ENV.support_authserv
ADDRESS_DATABASES = [str(path) for path in ENV.address_databases]
# A material change of a legal text is told so many days before it comes into force.
LEGAL_NOTICE_DAYS = ENV.legal_notice_days
# Where this installation's data lies, as an ISO 3166 country code.
REGION = ENV.region
ALLOWED_REGIONS = [ENV.region, *ENV.allowed_regions]
STORAGE_REGIONS = dict.fromkeys(("database", "keys", "files", "backups"), ENV.region) | ENV.storage_regions
# What must outlive a restore from a backup, and therefore lies in no backup of the databases.
LEDGER_PATH: Path = ENV.ledger_path or DATA_DIR / "ledger" / "erasures.jsonl"

CLAMD = ENV.clamd
CLAMD_TIMEOUT = ENV.clamd_timeout

VISIT_LOG = ENV.visit_log
SMALLEST_GROUP = ENV.smallest_group

STRANGER_REQUESTS = ENV.stranger_requests
SIGNED_IN_REQUESTS = ENV.signed_in_requests
ACCOUNT_REQUESTS = ENV.account_requests
# The offline app's own files hold no data, never change under one name, and a phone fetches all of them at once.
UNLIMITED_PATHS = (STATIC_URL, "/mobile/", "/sw.js", "/icon.svg")
