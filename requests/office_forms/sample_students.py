"""Students who do not exist, for the preview of a form: nobody's record is read for it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import EducationLevel, SevisStatus, Stage, VisaClass
from isso.requests.records.facts import RecordFacts


@dataclass(frozen=True)
class Sample:
    """One student to look at a form with."""

    label: Any
    facts: RecordFacts


def sample_students(today):
    """Return the samples by key; their dates lie around ``today``."""
    student = RecordFacts(
        given_name="Amina",
        family_name="Sample",
        visa_class=VisaClass.F1,
        sevis_status=SevisStatus.ACTIVE,
        stage=Stage.CONTINUING,
        education_level=EducationLevel.MASTER,
        program_start=today - timedelta(days=400),
        program_end=today + timedelta(days=300),
        is_full_time=True,
        check_in_completed_on=today - timedelta(days=390),
    )
    return {
        "student": Sample(_("Amina, F-1 master’s student"), student),
        "newcomer": Sample(
            _("Kenji, F-1, just arrived"),
            replace(
                student,
                given_name="Kenji",
                sevis_status=SevisStatus.INITIAL,
                stage=Stage.CHECK_IN,
                program_start=today - timedelta(days=5),
                program_end=today + timedelta(days=1400),
                education_level=EducationLevel.BACHELOR,
                check_in_completed_on=None,
            ),
        ),
        "visitor": Sample(
            _("Lucía, J-1 exchange student"),
            replace(
                student,
                given_name="Lucía",
                visa_class=VisaClass.J1,
                education_level=EducationLevel.BACHELOR,
                program_end=today + timedelta(days=60),
            ),
        ),
        "graduate": Sample(
            _("Rahul, F-1, program ended"),
            replace(
                student,
                given_name="Rahul",
                stage=Stage.GRADUATED,
                program_end=today - timedelta(days=20),
                is_full_time=False,
            ),
        ),
        "held": Sample(
            _("Mei, F-1 doctoral student with a hold, part time"),
            replace(
                student,
                given_name="Mei",
                education_level=EducationLevel.DOCTORATE,
                is_full_time=False,
                holds=("insurance",),
            ),
        ),
    }
