"""Every setting comes from an environment variable that begins with LOA_; docs/guide/cai-dat.md lists them all."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("LOA_VAR", "var")).resolve()
MODE = os.environ.get("LOA_MODE", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"LOA_MODE must be production, demo or test, not {MODE!r}.")
PRODUCTION = MODE == "production"
DEBUG = False

SECRET_KEY = os.environ.get(
    "LOA_SECRET_KEY", "" if PRODUCTION else f"only for the {MODE} on this machine, never in use"
)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "LOA_SECRET_KEY is not set. / Chưa đặt LOA_SECRET_KEY. "
        "Loa does not start in production without a secret key of its own (50 random characters or more); "
        "keep it out of the database and of its backups."
    )

BASE_URL = os.environ.get("LOA_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("LOA_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("LOA_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"

INSTALLED_APPS = [
    # the top of our own stack first, so that a module above may dress what stands below it
    "loa.config.apps.ConfigConfig",
    "loa.portal.apps.PortalConfig",
    "loa.desk.apps.DeskConfig",
    "loa.reports.apps.ReportsConfig",
    "loa.newsroom.apps.NewsroomConfig",
    "loa.audience.apps.AudienceConfig",
    "loa.planning.apps.PlanningConfig",
    "loa.people.apps.PeopleConfig",
    "loa.ui.apps.UiConfig",
    "loa.ledger.apps.LedgerConfig",
    "loa.base.apps.BaseConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.users",
    "wagtail.sites",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "loa.portal.caching.Hint",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "loa.base.middleware.NormaliseInput",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "loa.desk.door.Door",
]

ROOT_URLCONF = "loa.config.urls"
WSGI_APPLICATION = "loa.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loa.config.context.house",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("LOA_DATABASE_URL", f"sqlite:///{VAR}/loa.sqlite3"), conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # One writer at a time, readers never wait; a writer waits its turn instead of failing at once.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
else:
    # Our questions run for milliseconds; compiling them took ten times as long as answering (bench scorecard).
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off"} | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {
    # What takes minutes (clips) has a queue, and a worker, of its own.
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "clips"]},
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    },
    # Wagtail's memory of which sizes of a picture exist: they come with the stories in one query anyway.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    # The frame of public pages, kept in each process by all that it depends on (templates/ui/page.html).
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "frame",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["loa.people.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "loa.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    # A factory's workers share one address: signing in rightly is never counted, only wrong attempts are.
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    # The same shared address: what a workshop sends in after an event, and no more than one machine would.
    "contribute": "60/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("LOA_BEHIND_PROXY") else 0
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "loa.people.forms.signing_in.LoginForm",
    "reauthenticate": "loa.people.forms.signing_in.ReauthenticateForm",
    "change_password": "loa.people.forms.signing_in.ChangePasswordForm",
    "set_password": "loa.people.forms.signing_in.SetPasswordForm",
    "reset_password": "loa.people.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "loa.people.forms.signing_in.ResetPasswordKeyForm",
}
MFA_ADAPTER = "loa.people.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "loa.people.forms.signing_in.SecondStepForm",
    "reauthenticate": "loa.people.forms.signing_in.SecondStepAgainForm",
    "activate_totp": "loa.people.forms.signing_in.TurnOnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Loa"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [
    # Vietnamese words for what packages leave in English or say in words that are not docs/glossary.md's. One folder
    # for each package or part of it; what several of them say stands in the first.
    PACKAGE / "config" / "locale" / package
    for package in (
        "wagtail.admin",
        "wagtail",
        "wagtail.snippets",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.users",
        "wagtail.sites",
        "modelsearch",
        "taggit",
        "django_filters",
        "django_tasks",
        "django_tasks_db",
        "allauth",
        "django",
    )
]
FORMAT_MODULE_PATH = "loa.config.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
"""On the same disk as the files: a clip of two gigabytes is moved into its place, and /tmp is often memory."""
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        # Registers, report files and everything else that is nobody's business: never under a public address.
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60

# Rules of layout for documents: which one a report takes unless told otherwise, and a folder with the house's own.
LAYOUT = os.environ.get("LOA_LAYOUT", "nd30")
LAYOUTS = os.environ.get("LOA_LAYOUTS", "")

WAGTAIL_SITE_NAME = os.environ.get("LOA_NAME", "Loa")
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{WAGTAIL_SITE_NAME}] "
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "loa.desk.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TAGGIT_CASE_INSENSITIVE = True
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
    # Wagtail's own screens still carry inline styles and scripts; ours do not.
    "EXCLUDE_URL_PREFIXES": ["/quan-tri/"],
}

# A demonstration never sends anything to anybody.
EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if MODE == 'demo' else 'smtp'}.EmailBackend"
EMAIL_HOST = os.environ.get("LOA_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LOA_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("LOA_FROM_EMAIL", "loa@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOA_LOG_LEVEL", "WARNING")},
}
