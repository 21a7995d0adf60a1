"""The wiring: settings, addresses, middleware, system checks."""

from contextlib import nullcontext

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring of the rooms; it has no models and no pages of its own."""

    name = "isso.site"
    label = "site"

    def ready(self):
        from wagtail.admin import localization

        from . import checks  # noqa: F401 (importing registers them)

        # Wagtail would turn to the server's zone for its admin, away from the office's
        # (OfficeAtHand), and deadlines would differ between portal and desk.
        localization.override_tz = lambda _zone: nullcontext()
