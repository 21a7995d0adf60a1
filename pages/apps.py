"""What public content is made of: base pages, blocks, navigation, search."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What public content is made of: base pages, blocks, navigation, search."""

    name = "isso.pages"
    label = "pages"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"
