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


class EmploymentStatus(models.TextChoices):
    """Where an authorization stands."""

    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    CANCELED = "canceled", _("Canceled")
