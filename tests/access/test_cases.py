"""Index: the abuse cases about getting in, access and logs, and the tests that prove them.

The numbers and words are those of the project's table of abuse and fault cases: 1-4 access, 22-25
what is exported, mailed and led to, 27 input, 28-34 invitations, sign-in, sessions, limits. A row
is proven when each of its clauses is; whoever renames a test meets it here.
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NUMBERS = {*range(1, 5), *range(22, 26), *range(27, 35)}

# Case → clause → tests, below tests/.
CASES = {
    1: {
        "a request by its number, with GET, HEAD and POST": [
            "access/test_addresses.py::test_every_role_gets_what_the_table_says",
            "portal/test_access.py::test_nobody_else_gets_a_request_and_the_attempt_is_noted",
        ],
        "a file by its number, with GET, HEAD and Range": [
            "access/test_private_files.py::test_who_gets_the_file_and_how",
            "portal/test_access.py::test_nobody_else_gets_a_file_of_a_draft",
        ],
        "a list of what one sent, and a page of changes": [
            "portal/test_documents.py::test_a_neighbor_sees_none_of_it_and_the_attempt_is_noted",
            "portal/test_changes.py::test_another_persons_changes_stand_on_no_page",
        ],
        "the attempt is noted, and nothing of what was asked for": [
            "access/test_addresses.py::test_the_attempts_on_files_and_requests_are_noted",
            "access/test_readings_are_noted.py::test_a_line_holds_nothing_of_what_was_read",
            "desk/test_access.py::test_every_reading_and_every_refused_attempt_is_written_down",
        ],
    },
    2: {
        "a department's person finds no scholar of another department, in lists and searches too": [
            "portal/test_department.py::test_the_scope_is_the_own_departments_scholars",
            "portal/test_department.py::test_case_2_a_scholar_of_another_department_is_not_there",
        ],
        "departments, compliance and human resources get what the table says": [
            "access/test_addresses.py::test_every_role_gets_what_the_table_says",
            "records/test_registers.py::test_who_opens_which",
        ],
        "a section editor stays in the section, in lists and searches too": [
            "people/test_sections.py::test_elsewhere_every_door_is_shut",
            "people/test_sections.py::test_the_list_and_the_search_of_pages_show_the_section_alone",
            "people/test_sections.py::test_pages_are_not_moved_out_of_the_section_nor_many_at_once",
            "pages/test_reports.py::test_an_editor_of_a_section_sees_that_section_alone",
            "pages/test_reports.py::test_links_elsewhere_are_not_shown_to_the_editor_of_a_section",
        ],
        "an export holds no more than its list": [
            "desk/test_queue_file.py::test_who_may_have_it",
            "desk/test_queue_file.py::test_whoever_may_not_see_a_row_any_more_does_not_get_it",
        ],
        "nobody of the office works on what is his own": [
            "desk/test_access.py::test_nobody_of_the_office_decides_on_a_request_of_ones_own",
            "desk/test_students.py::test_nobody_finds_oneself",
        ],
    },
    3: {
        "lists, searches, choosers, reports and history of the admin": [
            "desk/test_access.py::test_an_editor_finds_no_student_anywhere_in_the_admin",
            "access/test_addresses.py::test_every_role_gets_what_the_table_says",
        ],
        "no permission of the portal": [
            "people/test_roles.py::test_an_editor_holds_nothing_of_the_portal_but_reminders",
        ],
    },
    4: {
        "no address leads to the file": [
            "access/test_private_files.py::test_no_address_leads_to_the_file_itself",
            "access/test_private_files.py::test_the_file_lies_outside_everything_that_is_served",
        ],
        "a link opens the files of its own step alone": [
            "access/test_private_files.py::test_a_link_opens_no_file_but_its_own",
            "access/test_private_files.py::test_a_link_that_was_used_opens_no_file_any_more",
        ],
    },
    22: {
        "what counts as a formula": ["notices/test_register.py::test_no_cell_is_a_formula"],
        "the registers, as CSV and as a workbook": [
            "notices/test_register.py::test_the_workbook_holds_no_formula",
            "records/test_registers.py::test_an_export_holds_words_not_codes_and_no_formula",
        ],
        "the files of the desk": [
            "desk/test_queue_file.py::test_no_cell_is_a_formula",
            "desk/test_readings.py::test_the_file_holds_no_formula_and_who_took_it_is_noted",
            "desk/test_trials.py::test_the_list_is_a_spreadsheet_of_harmless_cells",
        ],
        "Wagtail's reports and ours for editors": [
            "home/test_exports.py::test_what_somebody_typed_is_text_in_the_file",
            "pages/test_reports.py::test_no_cell_of_the_export_is_a_formula",
        ],
    },
    23: {
        "line breaks in names and subjects": [
            "notices/test_message.py::test_no_header_can_be_smuggled_in",
            "notices/test_contact.py::test_what_cannot_be_sent_keeps_what_was_typed",
            "notices/test_contact.py::test_whatever_can_be_written_arrives_as_it_was",
        ],
        "huge and look-alike addresses": [
            "people/test_codes.py::test_odd_addresses_are_answered_and_get_no_mail",
            "people/test_codes.py::test_a_look_alike_address_finds_nobody",
            "people/test_invitations.py::test_an_address_that_could_be_taken_for_another_is_refused",
            "approver/test_who.py::test_who_may_be_named",
        ],
        "names of files": [
            "records/test_files.py::test_names_are_harmless",
            "portal/test_access.py::test_a_file_leaves_as_a_download_that_runs_nothing",
        ],
    },
    24: {
        "every mail that somebody can ask for": [
            "access/test_forged_hosts.py::test_a_mailed_link_leads_to_the_office_alone",
        ],
        "links follow the setting": [
            "notices/test_message.py::test_links_never_follow_the_host_header",
            "setup/test_environment.py::test_site_address_must_be_one_of_the_hosts",
        ],
        "public pages, also from memory": [
            "speed/test_public_pages.py::test_an_unknown_host_is_refused_warm_as_cold",
            "setup/test_error_codes.py::test_a_page_for_a_foreign_host_leads_to_the_contact_page",
        ],
    },
    25: {
        "signing in": ["people/test_sign_in.py::test_sign_in_leads_only_to_own_pages"],
        "signing out": ["people/test_sign_in.py::test_sign_out_ends_the_session_and_leads_home"],
        "by the campus": [
            "people/test_campus_sign_in.py::test_the_way_there_and_back_leads_only_to_own_pages",
        ],
        "the language": ["people/test_sign_in.py::test_no_switch_of_the_language_leads_elsewhere"],
    },
    27: {
        "every list and filter": [
            "access/test_odd_input.py::test_pages_of_the_public_site",
            "access/test_odd_input.py::test_pages_of_the_portal",
            "access/test_odd_input.py::test_lists_of_the_admin",
        ],
        "the search": [
            "pages/test_search.py::test_whatever_is_typed_gets_an_answer",
            "pages/test_search.py::test_broken_encodings_get_an_answer",
            "pages/test_search.py::test_any_text_gets_an_answer",
            "pages/test_search.py::test_a_long_query_is_cut",
        ],
        "pages of errors": ["access/test_odd_input.py::test_addresses_that_lead_nowhere"],
    },
    28: {
        "used, expired, taken back, cut off": [
            "people/test_invitations.py::test_a_bad_link_opens_nothing_and_says_why",
            "people/test_invitations.py::test_all_links_that_never_were_get_the_same_page",
            "people/test_invitations.py::test_nobody_else_gets_a_new_link",
            "people/test_invitations.py::test_an_expired_invitation_can_be_asked_for_once_more",
        ],
        "by another address": [
            "people/test_invitations.py::test_who_is_signed_in_as_somebody_else_signs_out_first",
            "people/test_invitations.py::test_a_changed_login_ends_the_invitation_of_the_old_address",
        ],
        "for somebody with a campus account": [
            "people/test_campus_sign_in.py::test_an_invited_person_is_bound_by_the_link_and_gets_in",
            "people/test_campus_sign_in.py::test_an_invitation_binds_nobody_who_has_an_account_already",
            "people/test_campus_sign_in.py::test_an_invitation_that_ended_on_the_way_binds_nobody",
        ],
        "two at once": [
            "people/test_invitations_at_once.py::test_of_eight_accepting_at_once_exactly_one_wins",
        ],
    },
    29: {
        "never found by an e-mail, verified, changed or missing": [
            "people/test_campus_sign_in.py::test_nobody_is_found_by_anything_but_the_number",
            "people/test_campus_sign_in.py::test_a_changed_email_changes_nothing",
            "people/test_campus_sign_in.py::test_the_number_of_another_issuer_is_another_person",
        ],
        "missing claims and false signatures": [
            "people/test_campus_trouble.py::test_a_token_that_proves_nothing_signs_nobody_in",
            "people/test_campus_trouble.py::test_a_token_signed_by_somebody_else_signs_nobody_in",
        ],
        "nonce, state and a replayed answer": [
            "people/test_campus_sign_in.py::test_a_wrong_nonce_signs_nobody_in",
            "people/test_campus_sign_in.py::test_a_wrong_state_signs_nobody_in",
            "people/test_campus_sign_in.py::test_an_answer_is_worth_nothing_in_another_browser",
            "people/test_campus_sign_in.py::test_an_answer_works_once",
        ],
        "the provider is away": [
            "people/test_campus_trouble.py::test_while_it_is_down_the_rest_goes_on",
            "people/test_campus_trouble.py::test_a_silent_provider_is_waited_for_once_and_not_by_everybody",
        ],
    },
    30: {
        "brute force": [
            "people/test_codes.py::test_three_tries_then_a_new_code_is_needed",
            "people/test_codes.py::test_tries_at_the_same_moment_are_counted_too",
        ],
        "another browser, an old code": [
            "people/test_codes.py::test_a_code_signs_in_once",
            "people/test_codes.py::test_a_code_opens_nothing_in_another_browser",
            "people/test_codes.py::test_an_old_code_is_dead_after_a_new_one",
            "people/test_codes.py::test_after_ten_minutes_a_code_is_over",
        ],
        "an unknown address: the same page and the same work": [
            "people/test_codes.py::test_the_answer_is_the_same_for_everybody",
            "people/test_codes.py::test_the_same_work_is_done_for_everybody",
        ],
        "three mails a minute": [
            "people/test_codes.py::test_three_mails_a_minute_go_to_an_address_and_no_more",
        ],
    },
    31: {
        "staff without a second factor": [
            "people/test_second_factor.py::test_staff_without_one_are_led_to_set_it_up",
            "people/test_second_factor.py::test_staff_with_one_must_use_it",
            "people/test_second_factor.py::test_staff_need_theirs_after_the_campus_too",
            "people/test_second_factor.py::test_a_session_that_slipped_past_it_opens_nothing",
        ],
        "other doors": [
            "people/test_second_factor.py::test_there_is_no_other_door",
            "people/test_sign_in.py::test_wagtails_own_doors_lead_to_ours",
            "people/test_sign_in.py::test_what_the_office_does_not_use_has_no_address",
            "people/test_codes.py::test_staff_and_campus_people_are_told_their_way_and_get_no_code",
            "people/test_campus_sign_in.py::test_the_link_of_the_staff_is_no_way_around_the_campus",
        ],
        "a replayed code and a lost device": [
            "people/test_second_factor.py::test_a_code_of_the_app_works_once",
            "people/test_second_factor.py::test_a_recovery_code_works_once",
        ],
    },
    32: {
        "session fixation": [
            "people/test_sessions.py::test_session_fixation",
            "people/test_campus_sign_in.py::test_the_session_key_changes_and_another_persons_session_ends",
        ],
        "a stolen cookie after signing out": [
            "people/test_sessions.py::test_a_stolen_cookie_after_sign_out",
        ],
        "a role taken away, or run out": [
            "people/test_sessions.py::test_a_role_taken_while_signed_in_is_gone_with_the_next_request",
            "people/test_role_terms.py::test_somebody_signed_in_over_midnight_loses_it_with_the_next_request",
        ],
        "a disabled person": [
            "people/test_sessions.py::test_a_disabled_person_is_out_with_the_next_request",
            "people/test_campus_sign_in.py::test_a_closed_account_stays_closed",
        ],
        "both timeouts": [
            "people/test_sessions.py::test_idle_timeout",
            "people/test_sessions.py::test_absolute_timeout_comes_however_active_somebody_is",
        ],
        "the back button of a shared computer": [
            "people/test_sessions.py::test_the_back_button_of_a_shared_computer_finds_nothing",
            "people/test_sessions.py::test_the_back_button_finds_nothing_of_the_admin_either",
            "portal/test_access.py::test_no_page_is_kept_by_anybody",
        ],
    },
    33: {
        "every address that takes a form": [
            "access/test_forms_of_other_sites.py::test_no_view_is_let_off_the_token",
            "access/test_forms_of_other_sites.py::test_at_every_address_it_is_refused_and_nothing_changes",
            "access/test_forms_of_other_sites.py::test_wagtails_interface_refuses_it_too",
        ],
        "an approver's decision, and the way to the campus": [
            "approver/test_deciding.py::test_a_decision_from_another_site_is_refused",
            "people/test_campus_sign_in.py::test_only_a_posted_form_sets_out",
        ],
        "looking changes nothing": [
            "access/test_reading_changes_nothing.py::test_reading_changes_nothing",
            "approver/test_looking.py::test_fifty_openings_by_a_mail_scanner_change_nothing",
        ],
    },
    34: {
        "one budget for all processes": [
            "people/test_limits.py::test_two_web_processes_have_one_budget",
        ],
        "a forged X-Forwarded-For": [
            "people/test_limits.py::test_a_forged_header_buys_no_further_tries",
            "people/test_sign_in_help.py::test_a_forged_header_is_no_other_client",
        ],
        "many behind one address, of whom one fails": [
            "people/test_limits.py::test_a_whole_dormitory_signs_in_at_the_same_minute",
            "people/test_sign_in.py::test_five_wrong_tries_lock_the_account_for_a_while_but_nobody_else",
            "people/test_sign_in.py::test_wrong_tries_from_elsewhere_lock_nobody_out",
        ],
    },
}


def test_no_case_is_missing():
    assert set(CASES) == NUMBERS


@pytest.mark.parametrize("number", CASES)
def test_each_clause_names_tests_that_are_there(number):
    named = [node for nodes in CASES[number].values() for node in nodes]

    assert [clause for clause, nodes in CASES[number].items() if not nodes] == []
    assert [node for node in named if not is_there(node)] == []


def is_there(node):
    """Tell whether a file holds a test of this name."""
    path, name = node.split("::")
    file = TESTS / path
    return file.exists() and bool(re.search(rf"^def {name}\(", file.read_text(), re.MULTILINE))
