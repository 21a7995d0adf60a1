"""What the portal keeps: requests, what happened to them, their files, and the editors' half."""

from .alert import Alert, AlertOverride, AlertPass
from .approval import Approval, ApproverDirectoryEntry
from .bulk import BulkRow, BulkRun
from .caseload import Caseload
from .conversation import CaseNote, ClarificationItem, Message, RecordNote
from .document import Document
from .duration import MeasuredDuration
from .guide import RequestGuidePage
from .history import HistoryEntry, Snapshot
from .intake import DocumentIntake, IntakeRow
from .letter import IssuedLetter
from .office_form import OfficeForm, OfficeFormVersion
from .own_date import OwnDate
from .policy import PolicyNumber, RequestPolicy
from .policy_trial import PolicyTrial, TrialLine
from .record_copy import RecordCopy
from .reminder import Reminder, ReminderPutAway
from .reply_template import ReplyTemplate
from .retention import DiscardedFile, RetentionDays, RetentionEntry, RetentionHold
from .student_request import StudentRequest
from .thread import GeneralThread
from .worker_run import WorkerRun

__all__ = [
    "Alert",
    "AlertOverride",
    "AlertPass",
    "Approval",
    "ApproverDirectoryEntry",
    "BulkRow",
    "BulkRun",
    "CaseNote",
    "Caseload",
    "ClarificationItem",
    "DiscardedFile",
    "Document",
    "DocumentIntake",
    "GeneralThread",
    "HistoryEntry",
    "IntakeRow",
    "IssuedLetter",
    "MeasuredDuration",
    "Message",
    "OfficeForm",
    "OfficeFormVersion",
    "OwnDate",
    "PolicyNumber",
    "PolicyTrial",
    "RecordCopy",
    "RecordNote",
    "Reminder",
    "ReminderPutAway",
    "ReplyTemplate",
    "RequestGuidePage",
    "RequestPolicy",
    "RetentionDays",
    "RetentionEntry",
    "RetentionHold",
    "Snapshot",
    "StudentRequest",
    "TrialLine",
    "WorkerRun",
]
