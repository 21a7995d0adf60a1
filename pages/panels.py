"""Panels that advise an editor."""

from wagtail.admin.panels import Panel

from .checking import findings
from .pieces import pieces_of


class BeforeYouPublish(Panel):
    """Lists what is worth another look on the page as it was last saved; it stops nobody."""

    def clean_name(self):
        """Name the panel for its anchor."""
        return "before_you_publish"

    class BoundPanel(Panel.BoundPanel):
        """The list for one page."""

        template_name = "pages/admin/before_you_publish.html"

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.findings = findings(pieces_of(self.instance)) if self.instance.pk else []

        def is_shown(self):
            """Show it when there is something to say."""
            return super().is_shown() and bool(self.findings)
