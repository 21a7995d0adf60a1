"""The WSGI entry point; name the settings module in DJANGO_SETTINGS_MODULE."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isso.site.settings.production")

application = get_wsgi_application()

from .start import refuse_unsafe_start  # noqa: E402 (needs the settings)

refuse_unsafe_start()
