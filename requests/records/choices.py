"""The words a record may use: visa classes, SEVIS statuses, stages, levels (domain/records.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisaClass(models.TextChoices):
    """The status a person was admitted in."""

    F1 = "F-1", _("F-1 student")
    J1 = "J-1", _("J-1 exchange visitor")
    M1 = "M-1", _("M-1 vocational student")
    F2 = "F-2", _("F-2 dependent")
    J2 = "J-2", _("J-2 dependent")
    OTHER = "other", _("Another status")
    NONE = "none", _("None yet")


class SevisStatus(models.TextChoices):
    """What SEVIS says about the record; the last three are of exchange visitors only."""

    DRAFT = "draft", _("Draft")
    INITIAL = "initial", _("Initial")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    DEACTIVATED = "deactivated", _("Deactivated")
    TERMINATED = "terminated", _("Terminated")
    CANCELED = "canceled", _("Canceled")
    INACTIVE = "inactive", _("Inactive")
    INVALID = "invalid", _("Invalid")
    NO_SHOW = "no_show", _("No Show")


class Stage(models.TextChoices):
    """Where a person stands with the office, from admission to archive."""

    # A department wants to host somebody whom the office does not know yet.
    PROPOSED = "proposed", _("Proposed by a department")
    PRE_ARRIVAL = "pre_arrival", _("Before arrival")
    CHECK_IN = "check_in", _("Check-In")
    CONTINUING = "continuing", _("Continuing")
    GRADUATED = "graduated", _("After completion")
    ARCHIVED = "archived", _("Archived")


class EducationLevel(models.TextChoices):
    """The level on the I-20, with the codes of SEVIS."""

    PRIMARY = "01", _("Primary school")
    SECONDARY = "02", _("Secondary school")
    ASSOCIATE = "03", _("Associate degree")
    BACHELOR = "04", _("Bachelor's degree")
    MASTER = "05", _("Master's degree")
    DOCTORATE = "06", _("Doctorate")
    LANGUAGE = "07", _("Language training")
    HIGH_SCHOOL = "08", _("High school")
    FLIGHT = "09", _("Flight training")
    VOCATIONAL = "10", _("Vocational training")
    OTHER = "11", _("Other")


class Sex(models.TextChoices):
    """As SEVIS asks since July 2025."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")


class Relation(models.TextChoices):
    """How a dependent belongs to the person."""

    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")


class EmploymentKind(models.TextChoices):
    """What kind of work is authorized."""

    CPT = "CPT", _("Curricular Practical Training (CPT)")
    OPT = "OPT", _("Optional Practical Training (OPT)")
    STEM = "STEM", _("STEM OPT extension")
    AT = "AT", _("Academic Training")
    ON_CAMPUS = "on_campus", _("On-campus employment")
    OFF_CAMPUS = "off_campus", _("Off-campus employment")
    CAP_GAP = "cap_gap", _("H-1B cap-gap extension")


class EmploymentStatus(models.TextChoices):
    """Where an authorization stands."""

    REQUESTED = "requested", _("Requested")
    PENDING = "pending", _("Pending with USCIS")
    APPROVED = "approved", _("Approved")
    DENIED = "denied", _("Denied")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CANCELED = "canceled", _("Canceled")


class Completion(models.TextChoices):
    """Whether practical training lies before or after the completion of the program."""

    PRE = "pre", _("Before completion")
    POST = "post", _("After completion")


class Suffix(models.TextChoices):
    """What may follow a family name, as in SEVIS."""

    JUNIOR = "Jr.", _("Jr.")
    SENIOR = "Sr.", _("Sr.")
    FIRST = "I", _("I")
    SECOND = "II", _("II")
    THIRD = "III", _("III")
    FOURTH = "IV", _("IV")


class CreationReason(models.TextChoices):
    """Why SEVIS has this record."""

    INITIAL = "I", _("Initial attendance")
    CHANGE_OF_STATUS = "S", _("Change of status")


class ExchangeCategory(models.TextChoices):
    """The category of an exchange visitor, with the codes of SEVIS."""

    DOCTORATE = "1C", _("Student, doctorate")
    MASTER = "1D", _("Student, master's")
    BACHELOR = "1E", _("Student, bachelor's")
    NON_DEGREE = "1F", _("Student, non-degree")
    INTERN = "1G", _("Student intern")
    PROFESSOR = "04", _("Professor")
    RESEARCH_SCHOLAR = "08", _("Research scholar")
    SHORT_TERM_SCHOLAR = "09", _("Short-term scholar")
    SPECIALIST = "10", _("Specialist")


# Who comes to teach or do research; the others study.
SCHOLAR_CATEGORIES = (
    ExchangeCategory.PROFESSOR,
    ExchangeCategory.RESEARCH_SCHOLAR,
    ExchangeCategory.SHORT_TERM_SCHOLAR,
    ExchangeCategory.SPECIALIST,
)


class AddressKind(models.TextChoices):
    """Which of a person's addresses is meant."""

    US = "us_address", _("Where you live in the United States")
    MAILING = "mailing_address", _("Mailing address in the United States")
    FOREIGN = "foreign_address", _("Address abroad")


class FormKind(models.TextChoices):
    """What the office issues."""

    I20 = "I-20", _("I-20")
    DS2019 = "DS-2019", _("DS-2019")
    DS7002 = "DS-7002", _("DS-7002")
    LETTER = "letter", _("Letter")


class IssueReason(models.TextChoices):
    """Why a form was issued."""

    INITIAL = "initial", _("Initial attendance")
    CHANGE_OF_STATUS = "cos", _("Change of status")
    TRANSFER = "transfer", _("Transfer")
    LEVEL = "level", _("Change of level")
    EXTENSION = "extension", _("Program extension")
    CPT = "cpt", _("CPT")
    OPT = "opt", _("OPT recommendation")
    STEM = "stem", _("STEM OPT recommendation")
    ACADEMIC_TRAINING = "at", _("Academic Training")
    DEPENDENT = "dependent", _("Dependent")
    TRAVEL = "travel", _("Travel signature")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    DAMAGED = "damaged", _("Damaged")
    UPDATED = "updated", _("Updated information")
    REINSTATEMENT = "reinstate", _("Reinstatement")


class Signature(models.TextChoices):
    """How the office signed a form."""

    ELECTRONIC = "electronic", _("Electronic")
    WET = "wet", _("By hand")


class HoldKind(models.TextChoices):
    """What a hold keeps a person from."""

    CHECK_IN = "check_in", _("Registration: Check-In is missing")
    DOCUMENTS = "documents", _("Registration: documents are missing")
    INSURANCE = "insurance", _("Registration: health insurance is missing")
    OTHER = "other", _("Other")


class CourseLoadReason(models.TextChoices):
    """Why a reduced course load was authorized, with the codes of SEVIS."""

    MEDICAL = "01", _("Illness or medical condition")
    ENGLISH = "02", _("Initial difficulty with the English language")
    READING = "03", _("Initial difficulty with reading requirements")
    TEACHING = "04", _("Unfamiliarity with American teaching methods")
    LEVEL = "05", _("Improper course level placement")
    FINAL_TERM = "06", _("To complete the program in the current term")
    COMMUTER = "07", _("Part-time commuter student")
