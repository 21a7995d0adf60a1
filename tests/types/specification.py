"""What domain/requests.md asks of each request type: the names are its fields in our words."""

from dataclasses import dataclass

# Said instead of a cell that does not apply, so that nothing is left out by silence.
NONE = ()
EMPLOYER = (
    *("employer_name", "employer_street", "employer_city", "employer_state"),
    *("employer_postal_code", "ein", "self_employed", "full_part", "job_start", "job_end"),
    *("job_title", "relation", "supervisor_first", "supervisor_last", "supervisor_phone"),
    *("supervisor_extension", "supervisor_email", "hours_per_week", "paid", "compensation"),
)
APPROVER = ("approver_name", "approver_email")
# Tabs 1 to 3 of the first form, §21; what each family member is asked stands in §17.
FIRST_FORM = (
    *("situation", "visa_class", "exchange_basis", "present_status", "status_until"),
    *("how_to_change", "present_program", "present_program_end", "old_sevis_id", "left_on"),
    *("family_name", "given_name", "passport_name", "preferred_name", "suffix", "birth_date"),
    *("sex", "birth_city", "birth_country", "citizenship_country", "residence_country"),
    *("foreign_line1", "foreign_line2", "foreign_city", "foreign_province"),
    *("foreign_postal_code", "foreign_country", "email", "foreign_phone", "us_street", "us_city"),
    *("us_state", "us_postal_code", "passport_number", "passport_country", "passport_expiry"),
    *("been_before", "earlier_sevis_id", "position_code", "exchange_stays", "dependent_count"),
    *("dependent_25_relation", "dependent_25_family_name", "dependent_25_given_name"),
    *("dependent_25_passport_name", "dependent_25_preferred_name", "dependent_25_suffix"),
    *("dependent_25_birth_date", "dependent_25_birth_city", "dependent_25_birth_country"),
    *("dependent_25_citizenship_country", "dependent_25_sex", "dependent_25_email"),
    *("dependent_25_form_purpose", "dependent_25_in_the_us", "dependent_25_i94_number"),
    *("source_count", "source_10_kind", "source_10_payer", "source_10_holder"),
    *("source_10_holder_name", "source_10_relation", "source_10_affidavit", "source_10_amount"),
    *("source_10_currency", "source_10_evidence", "source_10_evidence_on", "source_10_language"),
)
FIRST_FORM_FILES = (
    *("passport", "admission_letter", "old_form", "transfer_form", "i94"),
    *("dependent_25_passport", "dependent_25_certificate", "source_10_proof"),
    *("source_10_affidavit_file", "source_10_translation"),
)
# §16: what a transfer is asked in addition.
TRANSFER = (
    *("current_school", "current_school_code", "current_sevis_id", "contact_name"),
    *("contact_email", "last_attended", "release_on", "on_opt", "opt_end", "travels"),
)
# §29, where the office's policy asks the department.
ADMISSION = ("is_official", "admitted_from", "end_moves", "completion_date")


@dataclass(frozen=True)
class Specification:
    """One section of requests.md; ``approver`` names what the approver is asked."""

    section: str
    fields: tuple[str, ...]
    uploads: tuple[str, ...]
    approver: tuple[str, ...] = NONE
    releases: bool = True
    # Without a purpose of its own a type allows one open request at a time.
    several_at_once: bool = False
    numbers: bool = True
    sevis: bool = True


SPECIFICATION = {
    "check_in": Specification(
        "§1",
        (
            *("kind", "visa_class", "arrival_date", "port_of_entry", "i94_number"),
            *("i94_admit_until", "i94_admit_until_date", "i515a", "passport_number"),
            *("passport_country", "passport_expiry", "has_visa", "visa_number", "visa_issue"),
            *("visa_expiry", "visa_post", "us_street", "us_city", "us_state", "us_postal_code"),
            *("us_until", "foreign_street", "foreign_city", "foreign_province"),
            *("foreign_postal_code", "foreign_country", "us_phone", "has_no_us_phone", "email"),
            *("emergency_name", "emergency_relation", "emergency_phone", "emergency_email"),
            *("credits", "full_time", "dependents_here", "health_insurance"),
        ),
        ("passport_page", "visa_page", "i94", "form_page", "i515a_form", "insurance_proof"),
        releases=False,
    ),
    "cpt": Specification(
        "§2",
        (
            *("employer_name", "site_street", "site_city", "site_state", "site_postal_code"),
            *("work_mode", "remote_share", "start_date", "end_date", "full_part"),
            *("hours_per_week", "job_title", "duties", "paid", "pay_amount"),
            *("supervisor_name", "supervisor_email", "supervisor_phone", "basis"),
            *("course_number", "course_title", "course_term", "course_credits", "relevance"),
            *("remarks", *APPROVER),
        ),
        ("offer_letter", "course_registration", "cooperative_agreement", "passport", "i94"),
        approver=(
            *("is_official", "counts_as", "course", "related", "on_time", "good_standing"),
            *("recommended", "completion_date"),
        ),
        several_at_once=True,
    ),
    "opt": Specification(
        "§3",
        (
            *("opt_kind", "completion_date", "requested_start", "requested_end"),
            *("opt_full_part", "history_complete", "academic_year_met", "only_thesis_left"),
            *("in_us_to_file", "travel_plans", "card_street", "card_city", "card_state"),
            *("card_postal_code", *EMPLOYER, *APPROVER),
        ),
        ("passport", "visa_page", "i94", "earlier_i20s", "earlier_ead", "draft_i765"),
        approver=(
            *("is_official", "completion_date", "only_thesis_left", "requirements_left"),
            "good_standing",
        ),
    ),
    "stem_opt": Specification(
        "§4",
        (
            *(*EMPLOYER, "everify_number", "ead_start", "ead_end", "ead_number", "uscis_number"),
            *("based_on", "previous_school", "qualifying_major", "qualifying_cip"),
            *("degree_level", "degree_awarded", "previous_stem"),
        ),
        ("i983", "ead", "opt_i20", "diploma", "passport", "i94", "draft_i765"),
        # Its months and windows are law, none is the office's.
        numbers=False,
    ),
    "opt_report": Specification(
        "§5",
        (
            *("training", "what", *EMPLOYER, "in_everify", "changed_job", "changed_on", "changes"),
            *("new_employer_name", "new_ein", "new_street", "new_city", "new_state"),
            *("new_postal_code", "new_job_title", "new_relation", "new_hours"),
            *("new_compensation", "new_supervisor_first", "new_supervisor_last"),
            *("new_supervisor_phone", "new_supervisor_email", "ended_job", "job_ended_on"),
            *("end_reason", "without_work_since", "months", "name_is_right", "address_is_right"),
            *("employer_is_right", "still_employed", "differences", "evaluation", "evaluated_on"),
            *("document", "receipt_number", "card_start", "card_end", "card_number", "refused_on"),
            *("moved_on", "us_street", "us_city", "us_state", "us_postal_code", "us_phone"),
            *("family_name", "given_name", "leaves_on", "opt_ends_accepted", "new_status"),
            *("new_status_name", "status_from", "wants_form"),
        ),
        (
            *("i983", "final_evaluation", "self_evaluation", "offer_letter", "receipt", "ead"),
            *("decision", "status_proof", "new_passport"),
        ),
        # A new I-20 follows some answers only; everybody gets the confirmation.
        releases=False,
        several_at_once=True,
    ),
    "oncampus_ssn": Specification(
        "§19",
        (
            *("has_number", "employer", "place", "employer_number", "job_title", "duties"),
            *("position_number", "job_start", "job_end", "hours_in_term", "other_hours"),
            *("hours_in_breaks", "pay", "supervisor_phone", *APPROVER),
        ),
        ("offer_letter", "i94", "form_page", "passport"),
        approver=(
            *("is_official", "on_campus", "hours_confirmed", "displaces_nobody", "letter_signed"),
        ),
        sevis=False,
    ),
    "cap_gap": Specification(
        "§22",
        (
            *("h1b_employer", "petition_kind", "cap_subject", "petition_status"),
            *("receipt_number", "received_on", "h1b_start", "opt_end", "still_employed", "travels"),
        ),
        ("receipt_notice", "approval_notice", "ead"),
    ),
    "academic_training": Specification(
        "§6",
        (
            *("timing", "employer_name", "training_street", "training_city", "training_state"),
            *("training_postal_code", "remote_share", "start_date", "end_date"),
            *("hours_per_week", "job_title", "duties", "supervisor_name", "supervisor_email"),
            *("supervisor_phone", "paid", "salary_per_month", "funding_source", "goals"),
            *("relation", "why_critical", "insurance_until", *APPROVER),
        ),
        ("offer_letter", "recommendation", "passport", "i94", "insurance", "funds_proof"),
        approver=(
            *("is_official", "goals_confirmed", "description", "related", "integral"),
            *("dates_agreed", "good_standing"),
        ),
        several_at_once=True,
    ),
    "reprint": Specification(
        "§7",
        (
            *("reason", "for_whom", "departure", "return_on", "countries", "visa_renewal"),
            *("what_changed", "new_value", "circumstances", "delivery", "courier_address"),
        ),
        ("passport", "visa", "i94", "proof_of_change", "damaged_form", "police_report"),
    ),
    "address_update": Specification(
        "§8",
        (
            *("changed", "moved_on", "us_street", "us_city", "us_state", "us_postal_code"),
            *("us_until", "us_explanation", "zip_is_right", "mailing_street", "mailing_city"),
            *("mailing_state", "mailing_postal_code", "foreign_street", "foreign_city"),
            *("foreign_province", "foreign_postal_code", "foreign_country", "us_phone"),
            *("has_no_us_phone", "foreign_phone", "email", "preferred_name", "family_name"),
            *("given_name", "emergency_name", "emergency_relation", "emergency_phone"),
            *("emergency_email", "family_moves"),
        ),
        ("new_passport",),
        releases=False,
        several_at_once=True,
    ),
    "program_extension": Specification(
        "§9",
        (
            *("new_end_date", "reason", "explanation", "remaining_courses"),
            *("remaining_credits", "thesis_stage", "term_plan", "tuition", "living"),
            *("dependents_cost", "personal", "school", "other", *APPROVER),
        ),
        ("funding_proof", "passport", "i94", "medical_letter", "insurance", "approver_letter"),
        approver=(
            *("is_official", "reason_confirmed", "why_compelling", "probation_caused"),
            *("progress_normal", "completion_date", "credits_left"),
        ),
    ),
    "change_level": Specification(
        "§11",
        (
            *("new_level", "new_degree", "new_major", "new_cip", "new_department", "english"),
            *(
                "english_reason",
                "same_objective",
                "dependents_stay",
                "new_start",
                "new_end",
                "deposit_paid",
            ),
            *("training_ends", "tuition", "living", "dependents_cost", "personal", "school"),
            *("other", *APPROVER),
        ),
        ("admission_letter", "deposit_receipt", "funding_proof", "passport", "degree_proof"),
        approver=ADMISSION,
    ),
    "change_major": Specification(
        "§12",
        (
            *("new_major", "new_cip", "second_major", "second_cip", "minor", "minor_cip"),
            *("subject_remark", "degree", "department", "effective_on", "end_moves"),
            *("same_objective", *APPROVER),
        ),
        ("registrar_approval", "degree_audit"),
        approver=ADMISSION,
    ),
    "rcl": Specification(
        "§13",
        (
            *("reason", "explanation", "has_dropped", "start", "end", "credits_now"),
            *("credits_after", "online_credits", "courses", "has_campus_job", *APPROVER),
        ),
        ("medical_letter", "degree_audit", "schedule"),
        approver=(
            *("is_official", "reason_confirmed", "courses_approved", "credits_after"),
            "last_term",
        ),
    ),
    "shorten_program": Specification(
        "§10",
        ("new_end_date", "reason", "explanation", "plan", "leaves_on", *APPROVER),
        ("completion_proof", "ticket"),
        approver=("is_official", "completion_date", "is_complete"),
    ),
    "transfer_out": Specification(
        "§15",
        (
            *("new_school", "new_school_code", "campus", "contact_name", "contact_email"),
            *("release_date", "new_program_start", "opt_ends_accepted", "has_withdrawn"),
            *("last_attended", "dependents_go"),
        ),
        ("admission_letter", "transfer_form", "current_form"),
        releases=False,
    ),
    "initial_i20": Specification("§21", FIRST_FORM, (*FIRST_FORM_FILES, "status_proof")),
    "transfer_in": Specification("§16", FIRST_FORM + TRANSFER, (*FIRST_FORM_FILES, "visa_page")),
    "letter": Specification(
        "§20",
        (
            *("kind", "addressee", "include", "visitors", "visit_from", "visit_until"),
            *("delivery", "copies"),
        ),
        ("visitor_passport",),
        several_at_once=True,
        # Nothing of it stands in SEVIS.
        sevis=False,
    ),
    "dependent_add": Specification(
        "§17",
        (
            *("relation", "family_name", "given_name", "passport_name", "suffix"),
            *("birth_date", "birth_city", "birth_country", "citizenship_country", "sex"),
            *("email", "in_the_us", "arrives_on", "same_address", "own_street", "amount"),
            *("paid_by", "health_insurance"),
        ),
        ("passport", "certificate", "money_proof", "i94", "insurance"),
        several_at_once=True,
    ),
    "dependent_remove": Specification(
        "§17",
        ("person", "reason", "happened_on", "remarks"),
        ("proof",),
        # Nothing is printed for somebody who leaves.
        releases=False,
        several_at_once=True,
        numbers=False,
    ),
    "funding_change": Specification(
        "§18",
        (
            *("months", "covers_from", "tuition", "living", "dependents_cost", "other_cost"),
            *("other_cost_remark", "personal", "school", "school_remark", "other"),
            *("other_remark", "on_campus", "sponsor", "us_government", "us_agency"),
            *("us_government_2", "us_agency_2", "international_organization", "organization"),
            *("international_organization_2", "organization_2", "own_government"),
            *("binational_commission", "received_us_funds"),
        ),
        ("bank_statement", "school_letter", "sponsor_letter"),
    ),
    # The sub-request of an admitted person who comes later.
    "deferral": Specification(
        "§21",
        (
            *("has_entered", "reason", "explanation", "new_term", "new_start", "new_end"),
            "has_visa",
        ),
        ("deferral_letter", "funding_proof", "new_passport"),
    ),
    # Its sub-request of coming back.
    "return_to_study": Specification(
        "§14",
        (
            *("same_program", "is_abroad", "return_term", "starts_on", "returns_on", "ends_on"),
            *("remarks", "tuition", "living", "dependents_cost", "personal", "school", "other"),
        ),
        ("readmission_letter", "funding_proof", "passport", "visa"),
    ),
    "leave_withdrawal": Specification(
        "§14",
        (
            *("kind", "dismissal", "has_stopped", "leaves_us", "new_school", "last_attended"),
            *("first_term_missed", "departure", "returns_on", "return_term", "has_housing"),
            *("has_job", "dependents_leave", "remarks", "foreign_street", "foreign_city"),
            *("foreign_province", "foreign_postal_code", "foreign_country", *APPROVER),
        ),
        ("approval_letter", "ticket", "medical_letter"),
        approver=("is_official", "approved_on", "last_attended"),
    ),
    "scholar_departure": Specification(
        "§24",
        (
            *("what", "new_end_date", "reason", "explanation", "plan", "leaves_on"),
            *("family_leaves", "foreign_street", "foreign_city", "foreign_province"),
            *("foreign_postal_code", "foreign_country", "bar_is_known"),
        ),
        ("host_letter", "ticket"),
        # A new DS-2019 follows an earlier end only.
        releases=False,
    ),
    "scholar_ds2019": Specification(
        "§23",
        (
            *("family_name", "given_name", "scholar_email", "citizenship", "highest_degree"),
            *("present_employer", "employer_country", "in_us", "present_status", "is_transfer"),
            *("transfer_sevis_id", "home_residence", "dependents_come", "dependents_number"),
            *("stay_count", "stay_8_category", "stay_8_sponsor", "stay_8_sevis_id", "stay_8_start"),
            *("stay_8_end", "host_department", "host_name", "host_email", "host_phone"),
            *("contact_name", "contact_email", "cost_center", "host_duties", "activity_site"),
            *("activity_street", "activity_room", "activity_city", "activity_state"),
            *("activity_postal_code", "category", "stay_begins", "stay_ends", "position_title"),
            *("hired_as", "hours_per_week", "tenure_track", "field", "field_cip", "field_remark"),
            *("description", "remote", "lab_access", "data_access", "equipment_access", "salary"),
            *("department_money", "home_employer_money", "home_government_money"),
            *("us_government_money", "own_money", "money_from", "money_until", "english_method"),
            *("english_on", "interviewer", "interview_by", "insurance_by", "insurance_plan"),
            *("insurance_from", "insurance_until", "insurance_medical", "insurance_repatriation"),
            *("insurance_evacuation", "insurance_deductible", "insurance_backed_by"),
            *("chair_wanted", "chair_name", "chair_email"),
        ),
        (
            *("cv", "degree_proof", "invitation_letter", "funds_proof", "english_proof"),
            *("insurance_proof", "ds7002"),
        ),
        approver=(
            *("has_place", "screening", "screened_on", "export_control", "conditions"),
            *("valid_until", "remarks", "hr_hired_as", "hr_reference"),
        ),
        releases=False,
        sevis=False,
    ),
    "scholar_extension": Specification(
        "§24",
        (
            *("new_end", "reason", "position_title", "hired_as", "same_purpose", "tenure_track"),
            *("waiver", "description", "lab_access", "data_access", "equipment_access"),
            *("department_money", "money_from", "money_until", "insurance_by", "insurance_until"),
        ),
        ("appointment_letter", "funds_proof", "insurance_proof"),
        approver=("screening", "screened_on", "export_control", "conditions", "valid_until"),
    ),
    "scholar_site": Specification(
        "§24",
        (
            *("what", "site", "site_name", "site_street", "site_room", "site_city"),
            *("site_state", "site_postal_code", "site_is_primary", "begins_on", "work_there"),
            *("ended_on", "next_primary"),
        ),
        ("agreement",),
        releases=False,
        several_at_once=True,
        # Its days are law, none is the office's.
        numbers=False,
    ),
    "scholar_lecture": Specification(
        "§24",
        (
            *("kind", "organization", "activity_street", "activity_city", "activity_state"),
            *("activity_postal_code", "subject", "fits", "first_day", "last_day", "hours"),
            *("delays_program", "is_paid", "amount", "is_independent", *APPROVER),
        ),
        ("offer_letter",),
        approver=("is_official", "is_related", "on_time", "how_it_helps"),
        several_at_once=True,
        sevis=False,
    ),
    "scholar_profile": Specification(
        "§23",
        (
            *("is_right", "what_is_wrong", "situation", "current_sponsor", "present_status"),
            *("i94_number", "department_gave", "family_name", "given_name", "passport_name"),
            *("preferred_name", "suffix", "birth_date", "sex", "birth_city", "birth_country"),
            *("citizenship_country", "residence_country", "foreign_line1", "foreign_country"),
            *("email", "foreign_phone", "passport_number", "passport_country"),
            *("passport_expiry", "exchange_before", "exchange_stays", "dependent_count"),
            *("dependent_25_relation", "family_insured", "insured_by", "insurance_plan"),
            *("insurance_from", "insurance_until", "insurance_medical"),
            *("insurance_repatriation", "insurance_evacuation", "insurance_deductible"),
            *("insurance_coinsurance", "insurance_backed_by"),
        ),
        (
            *("passport", "degree_proof", "funds_proof", "english_proof", "insurance_proof"),
            *("old_form", "i94", "dependent_25_certificate"),
        ),
    ),
}
