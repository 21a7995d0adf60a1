"""The Personal & Program record, its change history and the log of who read what."""

from .addresses import ReportedAddress
from .family import Dependent
from .history import AccessLog, RecordChange
from .imports import ImportRow, ImportRun, Outcome
from .invitation_runs import InvitationRow, InvitationRun
from .issued import IssuedForm
from .money import FundingStatement
from .record import StudentRecord
from .scholar import ExchangeStay, ScholarDetails, SiteOfActivity
from .studies import FormerSevisId, Hold, ReducedCourseLoad
from .work import EmploymentAuthorization, ReportedJob, StemValidation

__all__ = [
    "AccessLog",
    "Dependent",
    "EmploymentAuthorization",
    "ExchangeStay",
    "FormerSevisId",
    "FundingStatement",
    "Hold",
    "ImportRow",
    "ImportRun",
    "InvitationRow",
    "InvitationRun",
    "IssuedForm",
    "Outcome",
    "RecordChange",
    "ReducedCourseLoad",
    "ReportedAddress",
    "ReportedJob",
    "ScholarDetails",
    "SiteOfActivity",
    "StemValidation",
    "StudentRecord",
]
