"""Settings every environment shares; what differs stands in development, test and production."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

BASE_DIR = Path(__file__).resolve().parents[2]

# Ours first, so that our templates and commands win; the rooms stand in the order of their arrows.
INSTALLED_APPS = [
    "isso.site",
    "isso.requests",
    "isso.requests.records",
    "isso.requests.people",
    "isso.requests.notices",
    "isso.home",
    "isso.pages",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "isso.requests.people.users_app.OfficeUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "anymail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    # Its table keeps who is who at the campus sign-in; the way there is our own (people/openid.py).
    "allauth.socialaccount",
    "csp",
    "lucide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "isso.site.page_cache.PageCache",
    "isso.site.health.HealthChecks",
    "isso.site.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "isso.site.middleware.AdminContentPolicy",
    "isso.site.middleware.LanguageOfAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "isso.requests.people.middleware.SignsOfLife",
    "django.middleware.common.CommonMiddleware",
    "isso.site.middleware.OfficeAtHand",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "isso.requests.people.middleware.StaffSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "isso.site.urls"
WSGI_APPLICATION = "isso.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    }
]
FORM_RENDERER = "isso.pages.forms.FormRenderer"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["isso.requests.people.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/portal/"

# Sign-in by allauth. People enter by invitation, so nobody signs up (requests/people/).
ACCOUNT_ADAPTER = "isso.requests.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "isso.requests.people.forms.SignInForm",
    "confirm_login_code": "isso.requests.people.forms.CodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Wrong tries count by account and network address: a dormitory shares one of those, and a stranger
# elsewhere must not lock anybody out.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "5/5m/key",
    "request_login_code": "600/m/ip,3/m/key",
    "code_tries": "3/10m/key",
    "campus": "600/m/ip",
    "sign_in_help": "120/h/ip",
    "sign_in_help_address": "5/h/key",
    "personal_email": "10/h/user,5/h/key",
    "department_access": "20/h/ip",
    "department_access_address": "3/h/key",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# The campus sign-in; where the environment names none, nothing of it exists.
OIDC_ISSUER = OIDC_CLIENT_ID = OIDC_CLIENT_SECRET = OIDC_NAME = ""
OIDC_EMAIL_DOMAINS = OIDC_ORIGINS = ()
# Nobody is ever found by an e-mail address, not even by a verified one.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "isso.requests.people.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "isso.requests.people.second_factor.FirstCode",
    "authenticate": "isso.requests.people.second_factor.AskForCode",
    "reauthenticate": "isso.requests.people.second_factor.AskForCodeAgain",
}
# What the app on the phone writes above the code.
MFA_TOTP_ISSUER = SHORT_NAME
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A session ends an hour after its person was last seen, and eight hours after he signed in.
SESSION_ENGINE = "isso.requests.people.session_store"
SESSION_IDLE = timedelta(minutes=60)
SESSION_LONGEST = timedelta(hours=8)
# What a browser keeps for who signs in next, in seconds.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "en-us"
# A second language of pages; whether it is used, an office's editors decide (pages/languages.py).
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-us", _("English")), ("ar", _("Arabic"))]
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# Business rules use dates in the office's own zone: this one, unless its settings name another.
TIME_ZONE = "America/New_York"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

WAGTAIL_SITE_NAME = SHORT_NAME
# Nobody chooses a zone for the admin: its days are the office's, too (middleware.py).
WAGTAIL_USER_TIME_ZONES = []
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Milliseconds. Wagtail's half second fills histories with noise.
WAGTAIL_AUTOSAVE_INTERVAL = 15_000
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# No picture without a description; a page needs no picture of more pixels than this.
WAGTAILIMAGES_IMAGE_FORM_BASE = "isso.pages.images.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TAGGIT_CASE_INSENSITIVE = True

# The strict policy of every page outside /admin/ (site/middleware.py loosens it there).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        # Wagtail's preview shows our pages in a frame of our own admin.
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # wants DENY, which would break that preview
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True

# Public pages are kept in memory until something on them changes (site/page_cache.py); processes
# on one computer tell each other by a file in DATA_DIR, several computers in Redis.
PAGE_CACHE = True
PAGE_STAMP = "file"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A long page posts several fields for each of its blocks.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# One file of a request, in bytes.
UPLOAD_MAX_BYTES = 10 * 1024 * 1024
# Where ClamAV listens; empty: nobody scans, and files can be opened at once.
CLAMD_SOCKET = ""


def folders(data_dir):
    """Return the three storages as folders: public media, private files, collected static files."""
    return {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": data_dir / "media", "base_url": MEDIA_URL},
        },
        # Outside the media folder and without an address: only our own view hands these out.
        "private": {
            "BACKEND": "isso.site.storage.PrivateFolder",
            "OPTIONS": {
                "location": data_dir / "private",
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


SQLITE_OPTIONS = {
    "timeout": 20,
    # Takes the write lock at BEGIN: two writers queue instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
    ),
}
