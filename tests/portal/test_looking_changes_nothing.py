"""A look at any page leaves the database as it was; only the log of readings may grow."""

from django.apps import apps
from django.utils import timezone

from isso.requests.people.models import BrowserSession
from isso.requests.records.models import AccessLog
from isso.tests import factories

# Signing in and asking leave traces that are not ours.
PASSED_OVER = {BrowserSession._meta.label, AccessLog._meta.label}


def everything():
    """Return every row of every table, by model."""
    return {
        model._meta.label: sorted(map(str, model.objects.values_list()))
        for model in apps.get_models()
        if model._meta.label not in PASSED_OVER and hasattr(model, "objects")
    }


def test_looking_at_every_page_changes_nothing(portal, student):
    advisor = factories.make_staff()
    draft = factories.make_draft(student)
    waiting = factories.make_request(student, "cpt", "approver_review", advisor, employer_name="A")
    asked = factories.make_request(student, "cpt", "clarification", advisor, employer_name="B")
    done = factories.make_request(student, "cpt", "completed", advisor, employer_name="C")
    addresses = [
        "/portal/",
        "/portal/profile/",
        "/portal/profile/?show=passport_number",
        "/portal/profile/travel/",
        "/portal/messages/",
        "/portal/mails/",
        "/portal/requests/?q=work&all=1",
        *(f"/portal/requests/new/{key}/" for key in ("cpt", "reprint", "check_in", "nothing")),
        *(each.get_absolute_url() for each in (draft, waiting, asked, done)),
        *(f"{draft.get_absolute_url()}edit/{page.slug}/" for page in draft.type.pages),
        *(f"{asked.get_absolute_url()}edit/{page.slug}/" for page in asked.type.pages),
        f"{draft.get_absolute_url()}check/",
        f"{asked.get_absolute_url()}check/",
        *(each.get_absolute_url() for each in student.documents.all()),
    ]
    # The first download of a released document takes its mark “new” away.
    student.documents.update(seen_at=timezone.now())
    before = everything()

    answers = [portal.get(address) for address in addresses]
    for answer in answers:
        b"".join(answer)

    assert {answer.status_code for answer in answers} == {200, 302, 404}
    assert everything() == before
