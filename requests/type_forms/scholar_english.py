"""How it was seen that a scholar's English is good enough: 22 CFR 62.10(a)(2)."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text
from ..rules.windows import Window
from .asked_when import AskedWhenForm

CITATION = "22 CFR 62.10(a)(2)"
TEST, SCHOOL, INTERVIEW = "test", "school", "interview"
PHONE = "phone"
METHODS = [
    (TEST, _("A recognized English test")),
    (SCHOOL, _("A signed letter of an academic institution or English school")),
    (INTERVIEW, _("An interview that our university made and wrote down")),
]


def past_window(situation):
    """What proves English has happened."""
    return Window(
        None,
        situation.today,
        why_last=_("It must have taken place."),
        citation=CITATION,
    )


class EnglishForm(AskedWhenForm):
    """One of the three ways the law names, with what shows it."""

    asked_when: ClassVar = {
        "test_name": ("english_method", (TEST,)),
        "test_score": ("english_method", (TEST,)),
        "english_school": ("english_method", (SCHOOL,)),
        "interviewer": ("english_method", (INTERVIEW,)),
        "interviewer_title": ("english_method", (INTERVIEW,)),
        "interview_by": ("english_method", (INTERVIEW,)),
        "why_phone": ("interview_by", (PHONE,)),
    }
    windows: ClassVar = {"english_on": past_window}

    english_method = choice(_("How did you see that the scholar’s English is sufficient?"), METHODS)
    test_name = text(_("Which test?"), 60, help_text=_("For example TOEFL iBT."))
    test_score = text(_("Score"), 40)
    english_school = text(_("Which institution?"), 120)
    interviewer = text(_("Who made the interview?"), 160)
    interviewer_title = text(_("Title and department"), 160)
    interview_by = choice(
        _("How?"),
        [("person", _("In person")), ("video", _("By video")), (PHONE, _("By phone"))],
    )
    why_phone = long_text(
        _("Why was no video possible?"),
        250,
        help_text=_("The law allows the phone only where video is not possible."),
    )
    english_on = Date(label=_("Day of the test, the letter or the interview"))
