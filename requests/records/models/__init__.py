"""The Personal & Program record, its change history and the log of who read what."""

from .addresses import ReportedAddress
from .family import Dependent
from .history import AccessLog, RecordChange
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
    "IssuedForm",
    "RecordChange",
    "ReducedCourseLoad",
    "ReportedAddress",
    "ReportedJob",
    "ScholarDetails",
    "SiteOfActivity",
    "StemValidation",
    "StudentRecord",
]
