"""THE table of the rows around a person, and of what stays in each once the person is anonymous.

Whoever adds a model that points at a record, a request or a user states it here or in words.py;
tests/retention/ fails until it is stated.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from wagtail.users.models import UserProfile

from isso.requests.notices.models import DailyReader
from isso.requests.people.models import (
    AccessRequest,
    AccountChange,
    BrowserSession,
    DepartmentMembership,
    Invitation,
    RoleTerm,
    SignInTrouble,
)
from isso.requests.records.models import (
    AccessLog,
    Dependent,
    EmploymentAuthorization,
    ExchangeStay,
    FormerSevisId,
    FundingStatement,
    Hold,
    InvitationRow,
    IssuedForm,
    RecordChange,
    ReducedCourseLoad,
    ReportedAddress,
    ReportedJob,
    ScholarDetails,
    SiteOfActivity,
    StemValidation,
)

from ..models import (
    Alert,
    AlertOverride,
    Document,
    IntakeRow,
    OwnDate,
    RecordCopy,
    RecordNote,
    ReminderPutAway,
    RetentionEntry,
    RetentionHold,
    StudentRequest,
    TrialLine,
)
from .emptying import Deleted, Emptied, Untouched
from .words import DOCUMENT_STAYS, GENERAL

RECORD_STAYS = (
    "visa_class",
    "sevis_status",
    "education_level",
    "program_start",
    "program_end",
    "source_as_of",
)
USER_STAYS = ("date_joined",)

AROUND_RECORD = (
    Emptied(
        ReportedAddress,
        "record",
        ("kind", "valid_from", "reported_on", "sent_to_sevis_on", "reference"),
    ),
    # Forms first: they point at the dependents.
    Emptied(IssuedForm, "record", ("kind", "reason", "issued_on", "signature", "reference")),
    Emptied(
        Dependent,
        "record",
        ("relation", "visa_class", "sevis_status", "ended_on", "reference"),
        named=("family_name",),
    ),
    Emptied(RecordChange, "record", ("field", "at")),
    Emptied(FundingStatement, "record", ("as_of", "months", "reference")),
    Emptied(ScholarDetails, "record", ("is_employee", "departed_on")),
    Emptied(SiteOfActivity, "record", ("is_primary", "ended_on")),
    Emptied(ExchangeStay, "record", ("category", "visa_class", "start", "end")),
    Emptied(Hold, "record", ("kind", "placed_on", "lifted_on")),
    # Why it was granted may be an illness.
    Emptied(
        ReducedCourseLoad, "record", ("start", "end", "status", "education_level", "reference")
    ),
    Deleted(FormerSevisId, "record"),
    Emptied(OwnDate, "record", ("step", "noted_at")),
    Emptied(
        ReportedJob,
        "authorization__record",
        ("start", "end", "full_time", "hours_per_week", "is_paid", "reported_on", "reference"),
    ),
    Emptied(
        StemValidation, "authorization__record", ("months", "due_on", "done_on", "evaluated_on")
    ),
    Emptied(
        EmploymentAuthorization,
        "record",
        (
            "kind",
            "completion",
            "status",
            "start",
            "end",
            "full_time",
            "education_level",
            "recommended_on",
            "reference",
        ),
    ),
    Emptied(RecordNote, "student", ("written_at",), named=("text",)),
    *GENERAL,
    Emptied(Document, "student", DOCUMENT_STAYS, named=("title",)),
    Deleted(RecordCopy, "record"),
    Deleted(AlertOverride, "alert__record"),
    Deleted(Alert, "record"),
    Emptied(IntakeRow, "student", ("line", "kind", "outcome", "extension", "settled_at")),
    Emptied(InvitationRow, "record", ("outcome",)),
    # It knows the record by its bare number.
    Deleted(SignInTrouble, "record_key"),
    Emptied(TrialLine, "record", ("effect", "first_day", "last_day")),
    Untouched(StudentRequest, "student", "Its words go by words.py."),
    Untouched(AccessLog, "record", "Who read it, not what; it has days of its own."),
    Untouched(RetentionEntry, "record", "The report names nobody."),
    Untouched(RetentionHold, "record", "Its reason goes with the record."),
)
AROUND_USER = (
    Emptied(
        Invitation,
        "user",
        (
            "purpose",
            "dedupe_key",
            "created_at",
            "expires_at",
            "link_number",
            "accepted_at",
            "revoked_at",
        ),
    ),
    # Who had power when is the office's history; why he had it may be his own.
    Emptied(RoleTerm, "user", ("role", "last_day", "given_at", "ended_at")),
    Emptied(AccountChange, "user", ("act", "role", "last_day", "at")),
    Emptied(DepartmentMembership, "user", ("department", "created_at", "ended_at")),
    Untouched(AccessRequest, "decided_by", "Names who asked: goes by the address (mails.py)."),
    Deleted(BrowserSession, "user"),
    Deleted(SignInTrouble, "user"),
    # The number of the campus account, and what the campus said about it.
    Deleted(SocialAccount, "user"),
    Deleted(EmailAddress, "user"),
    Deleted(Authenticator, "user"),
    Deleted(UserProfile, "user"),
    Deleted(ReminderPutAway, "user"),
    Deleted(DailyReader, "user"),
)
