"""The first tab of an admitted student: where the person is now, and what follows from that."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, SevisId, choice, text, yes_no
from ..rules.admission import (
    ABROAD,
    CHANGE,
    IS_HERE,
    KEEPS_SEVIS_ID,
    LEVEL,
    RETURN,
    TRANSFER,
    last_studies_window,
    left_window,
    present_program_window,
    release_window,
    status_window,
    training_end_window,
)
from .approver import EMAIL
from .asked_when import AskedWhenForm
from .dependent_add import I94_NUMBER
from .transfer_out import PROGRAM_NUMBER, SCHOOL_CODE, SchoolCode

SITUATIONS = [
    (ABROAD, _("I live outside the United States and come to begin my studies")),
    (TRANSFER, _("I study at another US school in F-1 or J-1 status")),
    (CHANGE, _("I am in the United States in another status")),
    (LEVEL, _("I study here already, in another program")),
    (RETURN, _("I studied here before and come back after a break")),
]
NO_VISA = "none"
PETITION, TRAVEL = "petition", "travel"
VISA_CLASSES = [
    ("F-1", _("F-1, with an I-20: most students")),
    ("J-1", _("J-1, with a DS-2019: exchange students and sponsored students")),
    (NO_VISA, _("None: I am a citizen or permanent resident of the United States")),
]
AGREEMENT, SPONSORED, NEITHER = "agreement", "sponsored", "neither"
BASES = [
    (AGREEMENT, _("I come by an agreement between my university and this one")),
    (SPONSORED, _("More than half of my money comes from others than my family and me")),
    (NEITHER, _("Neither of these")),
]


class SituationForm(AskedWhenForm):
    """Which of five ways leads here; each asks only what it needs."""

    asked_when: ClassVar = {
        "exchange_basis": ("visa_class", ("J-1",)),
        "present_class": ("situation", (TRANSFER,)),
        "same_purpose": ("present_class", ("J-1",)),
        "current_school": ("situation", (TRANSFER,)),
        "current_school_code": ("situation", (TRANSFER,)),
        "contact_name": ("situation", (TRANSFER,)),
        "contact_email": ("situation", (TRANSFER,)),
        "on_opt": ("situation", (TRANSFER,)),
        "opt_end": ("on_opt", ("yes",)),
        "last_attended": ("situation", (TRANSFER,)),
        "release_on": ("situation", (TRANSFER,)),
        "travels": ("situation", (TRANSFER,)),
        "present_status": ("situation", (CHANGE,)),
        "status_until": ("situation", (CHANGE,)),
        "how_to_change": ("situation", (CHANGE,)),
        "present_program": ("situation", (LEVEL,)),
        "present_program_end": ("situation", (LEVEL,)),
        "current_sevis_id": ("situation", KEEPS_SEVIS_ID),
        "i94_number": ("situation", IS_HERE),
        "old_sevis_id": ("situation", (RETURN,)),
        "left_on": ("situation", (RETURN,)),
    }
    windows: ClassVar = {
        "opt_end": training_end_window,
        "last_attended": last_studies_window,
        "release_on": release_window,
        "status_until": status_window,
        "present_program_end": present_program_window,
        "left_on": left_window,
    }

    situation = choice(_("Which sentence is true of you?"), SITUATIONS)
    visa_class = choice(_("Which status do you want to study in?"), VISA_CLASSES)
    exchange_basis = choice(
        _("Why J-1?"),
        BASES,
        help_text=_("22 CFR 62.23(c) opens J-1 to students of these two kinds."),
    )
    present_class = choice(
        _("Your status at that school"),
        [("F-1", _("F-1, I have an I-20")), ("J-1", _("J-1, I have a DS-2019"))],
    )
    same_purpose = yes_no(
        _("Does the program here keep the category and the purpose of your exchange?"),
        help_text=_("Items 3 and 4 of your DS-2019. Both sponsors must agree to the transfer."),
    )
    current_school = text(_("Name of that school"), 120)
    current_school_code = SchoolCode(
        label=_("Its SEVIS school code or J-1 program number"),
        max_length=30,
        help_text=_("On your I-20 or DS-2019, such as BOS214F12345000 or P-1-12345."),
    )
    contact_name = text(_("International office there: name of a person"), 160)
    contact_email = forms.CharField(
        label=_("E-mail address of this person"), max_length=254, validators=[EMAIL]
    )
    on_opt = yes_no(_("Are you on OPT, or were you last?"))
    opt_end = Date(label=_("Last day of OPT"), help_text=_("OPT ends on the day of the release."))
    last_attended = Date(label=_("Last day of your studies there"))
    release_on = Date(
        label=_("Day on which that school releases your SEVIS record"),
        help_text=_("You choose it with the international office there."),
    )
    travels = yes_no(_("Will you leave the United States before your program here begins?"))
    present_status = text(
        _("Your present status"), 20, help_text=_("The class on your I-94, such as H-4 or B-2.")
    )
    status_until = Date(
        label=_("It lasts until"), required=False, help_text=_("Leave empty if your I-94 says D/S.")
    )
    how_to_change = choice(
        _("How do you want to change it?"),
        [
            (PETITION, _("I stay here and ask USCIS with Form I-539")),
            (TRAVEL, _("I leave and come back with a visa")),
        ],
        help_text=_(
            "You may not begin to study before the change is approved, if you hold B-1 or B-2."
        ),
    )
    present_program = text(_("Your present program here"), 120)
    present_program_end = Date(label=_("Its last day, as on your I-20 or DS-2019"))
    current_sevis_id = SevisId(
        label=_("Your SEVIS ID"), help_text=_("N and ten digits, on your form.")
    )
    i94_number = forms.CharField(
        label=_("I-94 number"),
        max_length=11,
        validators=[I94_NUMBER],
        help_text=_("11 characters, from the CBP I-94 website."),
    )
    old_sevis_id = SevisId(
        label=_("Your earlier SEVIS ID"),
        help_text=_("N and ten digits, on your old form."),
    )
    left_on = Date(label=_("Last day of your studies here before the break"))

    @classmethod
    def prefill(cls, facts):
        """The record may know the status that was declared with the application."""
        return {"visa_class": facts.visa_class if facts.visa_class in ("F-1", "J-1") else ""}

    def clean_visa_class(self):
        """Who needs no visa needs no form."""
        if self.cleaned_data["visa_class"] == NO_VISA:
            raise forms.ValidationError(
                _("Then you need no I-20 or DS-2019. Write to us, and we correct your record.")
            )
        return self.cleaned_data["visa_class"]

    def clean_exchange_basis(self):
        """J-1 students come by an agreement or with money of others: 22 CFR 62.23(c)."""
        if self.cleaned_data["exchange_basis"] == NEITHER:
            raise forms.ValidationError(
                _(
                    "J-1 is for students with an exchange agreement or with money that is mostly "
                    "not their own. Choose F-1 above."
                )
            )
        return self.cleaned_data["exchange_basis"]

    def clean_present_class(self):
        """A record moves within its class only: 8 CFR 214.2(f)(8), 22 CFR 62.42."""
        present, wanted = self.cleaned_data["present_class"], self.cleaned_data.get("visa_class")
        if wanted and present != wanted and wanted != NO_VISA:
            raise forms.ValidationError(
                _(
                    "Only a record of the same class can be transferred. To go from %(present)s to "
                    "%(wanted)s, choose “I am in the United States in another status” above."
                )
                % {"present": present, "wanted": wanted}
            )
        return present

    def clean_same_purpose(self):
        """A J-1 record keeps its category and its objective: 22 CFR 62.42."""
        if self.cleaned_data["same_purpose"] == "no":
            raise forms.ValidationError(
                _("A J-1 record moves only for the same purpose. Speak with our office first.")
            )
        return self.cleaned_data["same_purpose"]

    def clean_current_school_code(self):
        """Each class has codes of its own form."""
        code, present = (
            self.cleaned_data["current_school_code"],
            self.cleaned_data.get("present_class"),
        )
        if present:
            (PROGRAM_NUMBER if present == "J-1" else SCHOOL_CODE)(code)
        return code
