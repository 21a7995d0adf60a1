"""What the reports for editors have in common, and the two about links."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .broken_links import links

EDITING = ("add", "change", "publish")


class EditorsReport(ReportView):
    """A report for those who may edit pages, and for nobody else."""

    permission_policy = page_permission_policy
    any_permission_required = EDITING
    header_icon = "site"


class LinkReport(EditorsReport):
    """Links by where they stand; one report for the broken ones, one for those to other sites."""

    list_export = ["title", "where", "target", "problem"]
    export_headings = {
        "title": _("On"),
        "where": _("Where"),
        "target": _("Leads to"),
        "problem": _("What is wrong"),
    }

    def get_filtered_queryset(self):
        """Read the site; what this user may not change is left out."""
        user = self.request.user
        mine = set(
            page_permission_policy.instances_user_has_permission_for(user, "change").values_list(
                "pk", flat=True
            )
        )

        def may_edit(thing):
            if isinstance(thing, Page):
                return thing.pk in mine
            return user.has_perm(f"{thing._meta.app_label}.change_{thing._meta.model_name}")

        return [link for link in links(may_edit) if self.is_listed(link)]

    def get_queryset(self):
        """Return nothing to the filters of querysets: this is a list."""
        return []


class BrokenLinksReport(LinkReport):
    """Links that lead nowhere."""

    page_title = _("Broken links")
    header_icon = "warning"
    index_url_name = "pages_broken_links"
    columns = [
        TitleColumn("title", label=_("On"), get_url=lambda link: link.edit_url),
        Column("where", label=_("Where")),
        Column("target", label=_("Leads to")),
        Column("problem", label=_("What is wrong")),
    ]

    def is_listed(self, link):
        """List what is wrong."""
        return bool(link.problem)


class OutsideLinksReport(LinkReport):
    """Links to other sites; whether those still answer, a person has to see."""

    page_title = _("Links to other sites")
    header_icon = "link-external"
    index_url_name = "pages_outside_links"
    columns = [
        TitleColumn("title", label=_("On"), get_url=lambda link: link.edit_url),
        Column("where", label=_("Where")),
        TitleColumn("target", label=_("Open it"), get_url=lambda link: link.target),
    ]

    def is_listed(self, link):
        """List what leaves the site and may well work."""
        return link.is_outside and not link.problem


OURS = [
    (_("Pages to check again"), "pages_to_check", "date", 10),
    (BrokenLinksReport.page_title, "pages_broken_links", "warning", 20),
    (OutsideLinksReport.page_title, "pages_outside_links", "link-external", 30),
]


def complete_menu(request, items):
    """Put our reports into the menu of those who may open them; say “aging” in plain words."""
    if page_permission_policy.user_has_any_permission(request.user, EDITING):
        items += [
            MenuItem(label, reverse(name), name=name, icon_name=icon, order=order)
            for label, name, icon, order in OURS
        ]
    for item in items:
        if item.name == "aging-pages":
            item.label = _("Pages by age")
