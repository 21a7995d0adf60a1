"""Every account of the contract signs in with “demo” and finds what the contract promises."""

from django.test import Client, TestCase, override_settings

from isso.requests.demonstration.people import contract_accounts
from isso.requests.models import Document, StudentRequest
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord
from isso.requests.standing import offers_for
from isso.tests import kept

# Account → (role, where signing in leads, status there).
ACCOUNTS = {
    "student@demo.example": ("student", "/portal/", 200),
    "newstudent@demo.example": ("student", "/portal/", 200),
    "graduate@demo.example": ("student", "/portal/", 200),
    "exchange@demo.example": ("student", "/portal/", 200),
    "admitted@demo.example": ("student", "/portal/", 200),
    "scholar@demo.example": ("scholar", "/portal/", 200),
    "department@demo.example": ("department", "/portal/", 302),
    "compliance@demo.example": ("compliance", "/portal/", 403),
    "advisor@demo.example": ("advisor", "/admin/", 200),
    "advisor2@demo.example": ("advisor", "/admin/", 200),
    "hr@demo.example": ("hr", "/portal/", 403),
    "supervisor@demo.example": ("supervisor", "/admin/", 200),
    "editor@demo.example": ("editor", "/admin/", 200),
    "admin@demo.example": (None, "/admin/", 200),
}
# Account → which requests are open to it today.
ANY_STUDENT = {"address_update", "dependent_add", "funding_change"}
ACTIVE = ANY_STUDENT | {"letter", "reprint", "transfer_out"}
# Who studies and has not finished, F-1 or J-1.
STUDYING = ACTIVE | {
    "change_major",
    "leave_withdrawal",
    "oncampus_ssn",
    "program_extension",
    "rcl",
    "shorten_program",
}
# What the office has built itself.
LATE_FEE = {"form-late-fee"}
OPEN = {
    "student@demo.example": STUDYING | LATE_FEE | {"change_level", "cpt", "dependent_remove"},
    "newstudent@demo.example": ANY_STUDENT | {"check_in"},
    "graduate@demo.example": ACTIVE
    | LATE_FEE
    | {"change_level", "stem_opt", "opt_report", "cap_gap"},
    "exchange@demo.example": STUDYING | LATE_FEE | {"academic_training", "change_level"},
    "admitted@demo.example": {"initial_i20", "transfer_in"},
    "scholar@demo.example": {"scholar_profile"},
}


@override_settings(DEMONSTRATION=True, PASSWORD_SIGN_IN=True)
class Accounts(TestCase):
    """The demonstration office, loaded once for all of these."""

    @classmethod
    def setUpTestData(cls):
        kept.demonstration()

    def test_every_account_signs_in_and_lands_in_its_place(self):
        found = {}
        for email in contract_accounts():
            client = Client()
            answer = client.post("/accounts/login/", {"login": email, "password": "demo"})
            landed = client.get(answer["Location"])
            role = User.objects.get(email=email).groups.values_list("name", flat=True).first()
            found[email] = (role, answer["Location"], landed.status_code)

        assert found == ACCOUNTS

    def test_each_student_has_the_requests_open_that_the_contract_names(self):
        found = {
            email: {
                offer.type.key
                for offer in offers_for(StudentRecord.objects.get(user__email=email))
                if offer.verdict.is_open
            }
            for email in OPEN
        }

        assert found == OPEN

    def test_the_continuing_student_has_one_request_of_each_kind(self):
        student = User.objects.get(email="student@demo.example")
        own = StudentRequest.objects.filter(student__user=student)
        document = Document.objects.released().get(student__user=student)
        self.client.force_login(student)

        file = self.client.get(document.get_absolute_url())

        assert sorted(own.values_list("type_key", "state")) == [
            ("cpt", "clarification"),
            ("cpt", "draft"),
            ("reprint", "completed"),
            ("reprint", "submitted"),
        ]
        assert (file.status_code, b"".join(file.streaming_content)[:5]) == (200, b"%PDF-")
        assert student.record.travel_signature_on == document.released_at.date()

    def test_nobody_but_the_accounts_of_the_contract_has_a_password(self):
        usable = {user.email for user in User.objects.all() if user.has_usable_password()}

        assert usable == set(ACCOUNTS)

    def test_no_page_of_a_student_is_broken(self):
        found = {}
        for email in OPEN:
            self.client.force_login(User.objects.get(email=email))
            own = StudentRequest.objects.filter(student__user__email=email, department="")
            pages = ["/portal/", "/portal/profile/", "/portal/requests/"]
            pages += [each.get_absolute_url() for each in own]
            # Who has not arrived is led from the tabs of the others to the own ones.
            found |= {
                (email, page): self.client.get(page, follow=True).status_code for page in pages
            }

        assert found == dict.fromkeys(found, 200)
