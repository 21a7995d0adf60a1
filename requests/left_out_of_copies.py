"""What no copy holds, each with the sentence in which its person reads why.

tests/portal/test_copy_is_whole.py asks for a decision about every new model and column.
"""

from django.utils.translation import gettext_lazy as _

from isso.requests.records.groups import OFFICE_FIELDS

READINGS = _("The list of who in our office opened your record. Our supervisors read it.")
OWN_NOTES = _(
    "Notes our office writes for its own work, and what it fills in for itself. Write to us if you "
    "want to read them with us."
)
VETTING = _("Checks the university makes before a scholar comes.")
OTHERS = _("What other people wrote about your request, beyond what your request shows you.")
BY_DEPARTMENTS = _("What a department asked us about you: its requests, messages and files.")
WORKING_LISTS = _("Our working lists. What they changed stands in your record.")
TAKEN_OUT = _("Files you took out again, and drafts you discarded.")

MODELS = {
    "records.AccessLog": READINGS,
    "records.InvitationRow": WORKING_LISTS,
    "requests.Alert": WORKING_LISTS,
    "requests.AlertOverride": OWN_NOTES,
    "requests.BulkRow": WORKING_LISTS,
    "requests.CaseNote": OWN_NOTES,
    "requests.RecordNote": OWN_NOTES,
    "requests.IntakeRow": WORKING_LISTS,
    "requests.RetentionEntry": WORKING_LISTS,
    "requests.RetentionHold": OWN_NOTES,
    "requests.TrialLine": WORKING_LISTS,
    "requests.RecordCopy": WORKING_LISTS,
}
COLUMNS = {
    "records.StudentRecord": dict.fromkeys(OFFICE_FIELDS, OWN_NOTES),
    "records.ScholarDetails": {
        "host_email": OTHERS,
        "hr_reference": VETTING,
        "compliance_result": VETTING,
        "compliance_on": VETTING,
        "vetted_until": VETTING,
        "export_control": VETTING,
        "compliance_conditions": VETTING,
    },
}
SENTENCES = (READINGS, OWN_NOTES, OTHERS, VETTING, BY_DEPARTMENTS, TAKEN_OUT, WORKING_LISTS)
