"""Tests: SQLite in a file, or PostgreSQL where TEST_DATABASE_URL is set."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from isso.site import addresses

from .base import *
from .base import SQLITE_OPTIONS, folders

DEBUG = False
SECRET_KEY = "for-tests-only-" + "x1y2z3" * 8
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMONSTRATION = False
PASSWORD_SIGN_IN = False
REQUIRE_STAFF_MFA = False
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
APPROVER_EMAIL_DOMAINS = ["demo.example"]
DEFAULT_FROM_EMAIL = "ISSO <isso@demo.example>"

# One folder per process: parallel runs and their workers never meet.
DATA_DIR = Path(tempfile.mkdtemp(prefix="isso-test-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

if os.environ.get("TEST_DATABASE_URL"):
    DATABASES = {"default": addresses.database("TEST_DATABASE_URL", SQLITE_OPTIONS)}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # What a crash would lose, the next run makes again.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
    DATABASES["default"]["TEST"] = {"NAME": f"test_isso_{os.getpid()}"}
else:
    # A file, not memory: the live server's threads need connections of their own.
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "isso.sqlite3",
            "OPTIONS": SQLITE_OPTIONS
            | {"init_command": SQLITE_OPTIONS["init_command"] + "PRAGMA synchronous=OFF;"},
            "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
        }
    }

STORAGES = folders(DATA_DIR)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Inside a test's transaction nothing is ever committed, so nothing would be purged; conftest.py
# switches it on where a live server commits.
PAGE_CACHE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = []
