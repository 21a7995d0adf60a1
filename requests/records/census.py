"""Counts the records for the public statistics: how many, never who.

Enrolled students are those whose program runs on the day. People in practical training after their
studies and visiting scholars are counted apart. Each table is one grouped query.
"""

from django.db.models import Count as Number
from django.db.models import Q
from django.utils.translation import gettext as _

from isso.home.census import Count

from .choices import (
    SCHOLAR_CATEGORIES,
    Completion,
    EducationLevel,
    EmploymentKind,
    EmploymentStatus,
    ExchangeCategory,
    SevisStatus,
    VisaClass,
)
from .models import EmploymentAuthorization, StudentRecord

# Records that have ended since were active on an earlier day; the others never began.
WERE_ACTIVE = (SevisStatus.ACTIVE, SevisStatus.COMPLETED, SevisStatus.DEACTIVATED)


def census(day):
    """Count the active records of a day."""
    present = StudentRecord.objects.filter(
        sevis_status__in=WERE_ACTIVE, program_start__lte=day, program_end__gte=day
    )
    is_scholar = Q(exchange_category__in=SCHOLAR_CATEGORIES)
    students = present.exclude(is_scholar).filter(
        visa_class__in=(VisaClass.F1, VisaClass.J1, VisaClass.M1)
    )
    apart = _("Counted apart from enrolled students.")
    return [
        Count(
            "level",
            _("Students by level of study"),
            _("Level"),
            _grouped(students, "education_level", EducationLevel),
        ),
        Count(
            "country",
            _("Students by country of citizenship"),
            _("Country"),
            _grouped(students, "citizenship_country"),
        ),
        Count(
            "school",
            _("Students by school or department"),
            _("School or department"),
            _grouped(students, "department"),
        ),
        Count(
            "visa",
            _("Students by visa class"),
            _("Visa class"),
            _grouped(students, "visa_class", VisaClass),
        ),
        Count(
            "employment",
            _("Students with a work permission"),
            _("Permission"),
            _working(day, after_studies=False),
            note=_("Somebody with two permissions stands in two rows."),
            has_total=False,
        ),
        Count(
            "employment",
            _("Graduates in practical training"),
            _("Permission"),
            _working(day, after_studies=True),
            note=apart,
            has_total=False,
        ),
        Count(
            "scholars",
            _("Visiting scholars"),
            _("Category"),
            _grouped(present.filter(is_scholar), "exchange_category", ExchangeCategory),
            note=apart,
        ),
    ]


def _working(day, *, after_studies):
    # STEM and cap-gap time always follow the studies; older rows of OPT do not say.
    after = (
        Q(kind__in=(EmploymentKind.STEM, EmploymentKind.CAP_GAP))
        | Q(completion=Completion.POST)
        | Q(kind__in=(EmploymentKind.OPT, EmploymentKind.AT), record__program_end__lt=day)
    )
    allowed = EmploymentAuthorization.objects.filter(
        after if after_studies else ~after,
        status=EmploymentStatus.APPROVED,
        start__lte=day,
        end__gte=day,
    )
    return _grouped(allowed, "kind", EmploymentKind, people="record")


def _grouped(rows, field, choices=None, people="pk"):
    labels = {value: str(label) for value, label in choices.choices} if choices else {}
    counted = rows.order_by().values_list(field).annotate(people=Number(people, distinct=True))
    found = {}
    for value, number in counted:
        label = labels.get(value) or value or _("Not known")
        found[label] = found.get(label, 0) + number
    return found
