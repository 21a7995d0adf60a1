"""The record itself, what stands around it, and every change of it."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from isso.requests.records.models import (
    Dependent,
    EmploymentAuthorization,
    ExchangeStay,
    FormerSevisId,
    FundingStatement,
    Hold,
    IssuedForm,
    ReducedCourseLoad,
    ReportedAddress,
    ReportedJob,
    ScholarDetails,
    SiteOfActivity,
    StemValidation,
)

from ..left_out_of_copies import COLUMNS
from ..models import OwnDate
from ..views.changes import changes_in_words, own_changes
from .parts import Entry, Part, all_columns, columns, said

# The name in the data, the rows, and the way from them to the record.
AROUND = (
    ("holds", Hold, "record"),
    ("funding", FundingStatement, "record"),
    ("work", EmploymentAuthorization, "record"),
    ("jobs", ReportedJob, "authorization__record"),
    ("stem_reports", StemValidation, "authorization__record"),
    ("dependents", Dependent, "record"),
    ("forms", IssuedForm, "record"),
    ("reduced_loads", ReducedCourseLoad, "record"),
    ("addresses", ReportedAddress, "record"),
    ("former_sevis_ids", FormerSevisId, "record"),
    ("exchange_stays", ExchangeStay, "record"),
    ("sites_of_activity", SiteOfActivity, "record"),
    ("scholar", ScholarDetails, "record"),
    ("own_dates", OwnDate, "record"),
)
# Rows that belong to another row of the record; that one is named.
NAMED_ALONG = {
    ReportedJob: "authorization",
    StemValidation: "authorization",
    IssuedForm: "dependent",
}
ACCOUNT = (
    *("email", "full_name", "preferred_name", "personal_email", "campus_email"),
    *("date_joined", "last_login"),
)


def record_parts(record) -> list[Part]:
    """Return the account, the record and the rows around it; one query for each kind of rows."""
    return [
        Part("account", _("Your account"), [Entry(columns(record.user, ACCOUNT))], is_one=True),
        Part("record", _("Your record"), [Entry(_columns(record))], is_one=True),
        *(_around(key, model, {way: record}) for key, model, way in AROUND),
        _changes(record),
    ]


def _columns(row):
    return all_columns(row, without=COLUMNS.get(row._meta.label, ()))


def _around(key, model, whose):
    rows = model.objects.filter(**whose)
    if named := NAMED_ALONG.get(model):
        rows = rows.select_related(named)
    title = capfirst(str(model._meta.verbose_name_plural))
    return Part(key, title, [Entry(_columns(row), str(row)) for row in rows])


def _changes(record):
    """Return every change as the page of changes tells it, numbers of documents masked."""
    return Part(
        "changes",
        _("What changed in your record"),
        [
            Entry(
                [
                    said("at", _("When"), each.at),
                    said("field", _("What"), each.label),
                    said("before", _("Before"), each.old),
                    said("after", _("After"), each.new),
                    said("by", _("Who"), each.who),
                    said("request", _("Request"), each.reference),
                ]
            )
            for each in changes_in_words(record, list(own_changes(record)))
        ],
    )
