"""What is stuck: one list over all that stopped on its way; what is cured leaves it by itself."""

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads

from ..failures.inbox import SOURCES, Stuck
from ..people_of_mails import people_of_mails
from .access import OfficeAccess
from .listing import Listing


class FailureFilter(forms.Form):
    """Which kind."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[
            ("", gettext_lazy("Everything")),
            *((source.key, source.title) for source in SOURCES),
        ],
        required=False,
    )

    @cached_property
    def chosen(self):
        """The kind; a nonsense choice counts for nothing."""
        return self.cleaned_data.get("kind", "") if self.is_valid() else ""

    def kept(self, everything):
        """Keep the kind chosen."""
        return Stuck(everything.user, self.chosen, everything.now) if self.chosen else everything


class FailureList(OfficeAccess, Listing):
    """The list: the worst first, then what is stuck longest."""

    filter_class = FailureFilter
    template_name = "desk/failures.html"
    page_title = gettext_lazy("What is stuck")
    header_icon = "warning"

    def everything(self):
        """Return all this person may see of it: supervisors everything, advisors their own."""
        return Stuck(self.request.user)

    def note(self, page):
        """Write down whose requests, files and mails are listed."""
        lines = [each.failure for each in page]
        mails = [each.mail for each in lines if each.mail]
        concerned = people_of_mails(mails) if mails else []
        log_reads(
            self.request.user, "what is stuck", [*(each.record for each in lines), *concerned]
        )


class FailuresMenuItem(MenuItem):
    """The way to the list, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("What is stuck"),
            reverse("desk_failures"),
            name="desk-failures",
            icon_name="warning",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
