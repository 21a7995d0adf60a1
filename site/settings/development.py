"""The demonstration office on this computer: SQLite, files on disk, mail kept in a folder."""

from pathlib import Path

from isso.site import addresses, campus_sign_in, environment

from .base import *
from .base import BASE_DIR, SQLITE_OPTIONS, folders

DEBUG = environment.flag("DEBUG", True)
SECRET_KEY = "development-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEMONSTRATION = True
PASSWORD_SIGN_IN = True
REQUIRE_STAFF_MFA = environment.flag("REQUIRE_STAFF_MFA", False)
globals().update(campus_sign_in.read())
APPROVER_EMAIL_DOMAINS = ["demo.example"]

DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
PORT = environment.number("PORT", 8000)
SITE_URL = environment.text("SITE_URL", f"http://127.0.0.1:{PORT}")
WAGTAILADMIN_BASE_URL = SITE_URL

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "isso.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": None,
    }
}
if environment.text("DATABASE_URL", ""):
    DATABASES = {"default": addresses.database("DATABASE_URL", SQLITE_OPTIONS)}

# In files, so that web server and worker share it; sign-in limits are counted here.
CACHES = {
    "default": {
        "BACKEND": "isso.site.file_cache.FileCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# Live templates are no use to somebody who sees a page of before.
PAGE_CACHE = environment.flag("PAGE_CACHE", not DEBUG)

STORAGES = folders(DATA_DIR)
MEDIA_ROOT = DATA_DIR / "media"
CLAMD_SOCKET = environment.text("CLAMD_SOCKET", "")
# Static files straight from the apps, without a collecting step.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DEFAULT_FROM_EMAIL = "ISSO <isso@demo.example>"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
if environment.text("EMAIL_URL", ""):
    globals().update(addresses.mail("EMAIL_URL"))
