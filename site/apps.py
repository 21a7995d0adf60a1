"""The wiring: settings, addresses, middleware, system checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring of the rooms; it has no models and no pages of its own."""

    name = "isso.site"
    label = "site"

    def ready(self):
        from . import checks  # noqa: F401 (importing registers them)
