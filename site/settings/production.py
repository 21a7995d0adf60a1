"""The office in earnest: everything comes from the environment (deploy/README.md lists it)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from isso.site import (
    addresses,
    campus_sign_in,
    environment,
    error_reports,
    log_lines,
    mail_providers,
)

from .base import *
from .base import BASE_DIR, CONTENT_SECURITY_POLICY, SQLITE_OPTIONS, TIME_ZONE, folders

DEBUG = False
DEMONSTRATION = False

# Who we are
SECRET_KEY = environment.secret("SECRET_KEY")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
SITE_URL = environment.site_address("SITE_URL", ALLOWED_HOSTS)
WAGTAILADMIN_BASE_URL = SITE_URL
TIME_ZONE = environment.time_zone("TIME_ZONE", TIME_ZONE)

# Who may enter
REQUIRE_STAFF_MFA = environment.flag("REQUIRE_STAFF_MFA", True)
PASSWORD_SIGN_IN = environment.flag("PASSWORD_SIGN_IN", False)
globals().update(campus_sign_in.read())
SESSION_IDLE = timedelta(minutes=environment.number("SESSION_IDLE_MINUTES", 60))
SESSION_LONGEST = timedelta(minutes=environment.number("SESSION_LONGEST_MINUTES", 8 * 60))

# What we stand on
DATABASES = {"default": addresses.database("DATABASE_URL", SQLITE_OPTIONS)}
globals().update(mail_providers.read())
DEFAULT_FROM_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL", f"no-reply@{urlsplit(SITE_URL).hostname}"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
APPROVER_EMAIL_DOMAINS = [
    domain.lower()
    for domain in environment.words(
        "APPROVER_EMAIL_DOMAINS", [DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")]
    )
]
CACHES = {"default": addresses.cache("CACHE_URL")}
PAGE_CACHE = environment.flag("PAGE_CACHE", True)
# Redis may serve several computers, so it carries the stamp unless told otherwise.
STAMPS = ["redis", "file"] if "Redis" in CACHES["default"]["BACKEND"] else ["file"]
PAGE_STAMP = environment.choice("PAGE_STAMP", STAMPS[0], STAMPS)

# Where files lie
DATA_DIR = environment.folder("DATA_DIR", "/var/lib/isso")
STORAGES = folders(DATA_DIR)
if environment.text("PUBLIC_STORAGE_URL", ""):
    STORAGES["default"] = addresses.bucket("PUBLIC_STORAGE_URL")
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(
        addresses.bucket_origin(STORAGES["default"])
    )
if environment.text("PRIVATE_STORAGE_URL", ""):
    STORAGES["private"] = addresses.bucket("PRIVATE_STORAGE_URL")
if STORAGES["private"] == STORAGES["default"]:
    environment.stop("PUBLIC_STORAGE_URL and PRIVATE_STORAGE_URL must not name the same place.")
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
MEDIA_ROOT = DATA_DIR / "media"
CLAMD_SOCKET = environment.text("CLAMD_SOCKET", "")
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "static-collected")))

# HTTPS only, behind our own proxy (deploy/nginx.conf)
TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# Browsers accept such a name only over HTTPS and only from this very host.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# What we tell the operators
LOG_LEVEL = environment.choice("LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING = log_lines.settings(LOG_LEVEL)
error_reports.switch_on(environment.text("SENTRY_DSN", ""))
