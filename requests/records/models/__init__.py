"""The Personal & Program record, its change history and the log of who read what."""

from .history import AccessLog, RecordChange
from .record import Dependent, EmploymentAuthorization, StudentRecord

__all__ = ["AccessLog", "Dependent", "EmploymentAuthorization", "RecordChange", "StudentRecord"]
