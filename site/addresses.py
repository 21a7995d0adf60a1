"""Turns the addresses of other programs (database, mail, cache, storage) into Django's settings.

A wrong address stops the start; it is never repeated in the message, for it carries passwords.
"""

from urllib.parse import parse_qsl, unquote, urlsplit

from environ import Env

from .environment import stop, text

MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def database(name, sqlite_options):
    """Read a database; connections to PostgreSQL are kept and checked before use."""
    example = "postgres://user:password@host:5432/name"
    value = text(name, what=f"the address of the database, like {example}")
    parts = _split(name, value, {"postgres", "postgresql", "sqlite"}, example)
    if not parts.path.strip("/"):
        stop(f"The environment variable {name} names no database: write it like {example}.")
    config = Env.db_url_config(value)
    if parts.scheme == "sqlite":
        return config | {"OPTIONS": sqlite_options, "CONN_MAX_AGE": None}
    return config | {
        # Quickly to the 503 page when the database does not answer.
        "OPTIONS": {"connect_timeout": 3} | config.get("OPTIONS", {}),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(name):
    """Read a mail server into Django's EMAIL_… settings."""
    example = "smtp+tls://user:password@mail.example.edu:587"
    value = text(name, what=f"the address of the mail server, like {example}")
    parts = _split(name, value, MAIL_PORTS, example)
    if not parts.hostname:
        stop(f"The environment variable {name} names no mail server: write it like {example}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }


def cache(name):
    """Read a cache that all processes share: sign-in limits are counted in it."""
    example = "redis://127.0.0.1:6379/0"
    value = text(name, what=f"the address of the shared cache, like {example}")
    parts = _split(name, value, {"redis", "rediss", "dbcache", "filecache"}, example)
    if not (parts.netloc or parts.path.strip("/")):
        stop(f"The environment variable {name} names no cache: write it like {example}.")
    if parts.scheme in {"redis", "rediss"}:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": value,
            # A server that hangs must not hang every page with it.
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        }
    found = Env.cache_url_config(value)
    if parts.scheme == "filecache":
        found["BACKEND"] = "isso.site.file_cache.FileCache"
    return found


def bucket(name):
    """Read an S3-compatible bucket: s3://key:secret@host/bucket/folder?region=…&public_host=…"""
    example = "s3://key:secret@s3.us-east-1.amazonaws.com/bucket?region=us-east-1"
    value = text(name, what=f"the address of a bucket, like {example}")
    # s3+http is for a store on the same machine or network.
    parts = _split(name, value, {"s3", "s3+http"}, example)
    bucket_name, _slash, folder = parts.path.strip("/").partition("/")
    if not (parts.hostname and bucket_name):
        stop(f"The environment variable {name} names no bucket: write it like {example}.")
    options = dict(parse_qsl(parts.query))
    scheme = "http" if parts.scheme == "s3+http" else "https"
    host = parts.netloc.rpartition("@")[2]
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": f"{scheme}://{host}",
            "bucket_name": bucket_name,
            "location": folder,
            "access_key": unquote(parts.username) if parts.username else None,
            "secret_key": unquote(parts.password) if parts.password else None,
            "region_name": options.get("region"),
            "custom_domain": options.get("public_host"),
            "addressing_style": "path",
            # The bucket's own policy decides; files of people are handed out by our view only.
            "default_acl": None,
            "querystring_auth": False,
            "file_overwrite": False,
        },
    }


def bucket_origin(storage):
    """Return where browsers find a public bucket, for the Content-Security-Policy."""
    options = storage["OPTIONS"]
    public_host = options["custom_domain"]
    return f"https://{public_host}" if public_host else options["endpoint_url"]


def _split(name, value, schemes, example):
    try:
        parts = urlsplit(value)
        if parts.scheme in schemes and parts.port != 0:  # reading the port checks it
            return parts
    except ValueError:
        pass
    return stop(f"The environment variable {name} is not an address like {example}.")
