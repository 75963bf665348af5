"""The settings of the office, all from the environment; nothing has to be set for a first start.

`JIXIAO_DATA` the data folder · `DATABASE_URL` · `JIXIAO_HOSTS` names it answers to, by commas · `JIXIAO_SECURE=1`
behind TLS · `JIXIAO_IDLE_MINUTES` · `JIXIAO_LANGUAGE`; docs/howto/run-the-office.md lists all with their meaning.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from jixiao.office.accounts.oidc import providers
from jixiao.office.database import database
from jixiao.office.environment import chosen, journal_days, mail, whole
from jixiao.office.secret import secret_key

DATA = Path(os.environ.get("JIXIAO_DATA", "jixiao-data")).absolute()
SECRET_KEY = secret_key(DATA)
DEBUG = False
SECURE = os.environ.get("JIXIAO_SECURE") == "1"
ALLOWED_HOSTS = [host for host in os.environ.get("JIXIAO_HOSTS", "*").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if SECURE and host != "*"]

INSTALLED_APPS = [
    "jixiao.office.jobs",
    "jixiao.office.journal",
    "jixiao.office.people",
    "jixiao.office.rounds",
    "jixiao.office.filing",
    "jixiao.office.publication",
    "jixiao.office.workflow",
    "jixiao.office.year",
    "jixiao.office.intake",
    "jixiao.office.overview",
    "jixiao.office.api",
    "jixiao.office.accounts",
    "jixiao.office.look",
    "jixiao.office.setup",
    "jixiao.office.backup",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "jixiao.office.shield.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jixiao.office.journal.middleware.AddressMiddleware",
    "jixiao.office.api.methods.ProblemMiddleware",
    "jixiao.office.shield.limits.LimitsMiddleware",
    "jixiao.office.publication.middleware.PublicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jixiao.office.doors.middleware.PlainTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jixiao.office.setup.middleware.FirstPageMiddleware",
    "jixiao.office.accounts.middleware.IdleMiddleware",
    "jixiao.office.accounts.middleware.SoundMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jixiao.office.urls"
WSGI_APPLICATION = "jixiao.office.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["jixiao.office.look.templatetags.look"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jixiao.office.look.context.page",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
_COOKIE = "__Host-" if SECURE else ""  # a browser then takes them over TLS from this very host alone
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE}sessionid", f"{_COOKIE}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}django_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

FIELD_KEY_FILE = Path(os.environ.get("JIXIAO_FIELD_KEY") or DATA / "field-key")
FIELD_CIPHER = chosen("JIXIAO_FIELD_CIPHER", "sm4", ("sm4", "aes"))
FIELD_SEALER = os.environ.get("JIXIAO_FIELD_SEALER") or "jixiao.office.sealing.own.OwnKeys"
_LIMITED = chosen("JIXIAO_RATE_LIMITS", "on", ("on", "off")) == "on"
LIMITS = {
    "sign_in": whole("JIXIAO_LIMIT_SIGN_IN", 240),
    "api": whole("JIXIAO_LIMIT_API", 600),
    "api_address": whole("JIXIAO_LIMIT_API_ADDRESS", 3_000),
    "search": whole("JIXIAO_LIMIT_SEARCH", 120),
    "upload": whole("JIXIAO_LIMIT_UPLOAD", 240),
} if _LIMITED else {}  # fmt: skip

LANGUAGE_CODE = os.environ.get("JIXIAO_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TZ", "Asia/Shanghai") or "Asia/Shanghai"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_HANDLERS = [
    "jixiao.office.filing.quota.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

_MAIL = mail(os.environ.get("EMAIL_URL", ""))
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _MAIL.get("EMAIL_HOST", ""), _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_USER", ""), _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_TLS", False), _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _MAIL.get("DEFAULT_FROM_EMAIL", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

# journal
BACKUP_DIR = os.environ.get("JIXIAO_BACKUP_DIR", "")
BACKUP_KEEP = whole("JIXIAO_BACKUP_KEEP", 14, 1, 1000)
BACKUP_PASSPHRASE = os.environ.get("JIXIAO_BACKUP_PASSPHRASE_FILE", "")
JOURNAL_KEY = Path(os.environ.get("JIXIAO_JOURNAL_KEY") or DATA / "journal-key").absolute()
INDICATORS = os.environ.get("JIXIAO_INDICATORS", "")
CORPORA = os.environ.get("JIXIAO_CORPORA", "")
TRIAL_MEMORY = whole("JIXIAO_TRIAL_MEMORY", 8192, 256)
TRIAL_SECONDS = whole("JIXIAO_TRIAL_SECONDS", 300, 1, 3600)
JOURNAL_ANCHOR = os.environ.get("JIXIAO_ANCHOR", "")
JOURNAL_DAYS = journal_days(os.environ.get("JIXIAO_JOURNAL_DAYS", ""))
JOURNAL_DOORS = "jixiao.office.doors.digest.digest"

# accounts: room accounts
IDLE_MINUTES = whole("JIXIAO_IDLE_MINUTES", 30, 2, 1440)
INVITATION_DAYS = whole("JIXIAO_INVITATION_DAYS", 7, 1, 90)
SESSION_HOURS = whole("JIXIAO_SESSION_HOURS", 12, 1, 168)
_HASHES = {
    "sha256": "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "sm3": "jixiao.office.accounts.hashing.PBKDF2SM3PasswordHasher",
}
_HASH = chosen("JIXIAO_PASSWORD_HASH", "sha256", tuple(_HASHES))
PASSWORD_HASHERS = [_HASHES[_HASH], *(path for name, path in _HASHES.items() if name != _HASH)]
PASSWORD_DAYS = whole("JIXIAO_PASSWORD_DAYS", 0)
SECOND_FACTOR = chosen("JIXIAO_SECOND_FACTOR", "administrators", ("administrators", "all", "none"))
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_HERE = "jixiao.office.accounts"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": whole("JIXIAO_PASSWORD_LENGTH", 10, 8, 60)},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": f"{_HERE}.passwords.NotGuessable"},
    {"NAME": f"{_HERE}.passwords.ManyKinds", "OPTIONS": {"kinds": whole("JIXIAO_PASSWORD_KINDS", 2, 1, 4)}},
    {"NAME": f"{_HERE}.passwords.NotUsedBefore", "OPTIONS": {"last": whole("JIXIAO_PASSWORD_LAST", 5, 0, 24)}},
]
ACCOUNT_ADAPTER = f"{_HERE}.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}  # counted here: axes, accounts.guessing, office.shield
WRONG_ANYWHERE = whole("JIXIAO_WRONG_ANYWHERE", 50, 10)
MFA_ADAPTER = f"{_HERE}.adapters.SecondFactorAdapter"
MFA_FORMS = {"authenticate": f"{_HERE}.factors.CodeAtSignIn", "reauthenticate": f"{_HERE}.factors.CodeAgain"}
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = f"{_HERE}.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere would need that place in form-action
SOCIALACCOUNT_ONLY = False
AXES_FAILURE_LIMIT = whole("JIXIAO_WRONG_PASSWORDS", 5, 3, 20)
AXES_COOLOFF_TIME = timedelta(minutes=whole("JIXIAO_LOCKED_MINUTES", 15, 1, 1440))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = f"{_HERE}.pages.entering.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the journal keeps it
AXES_VERBOSE = False
