"""Every address of the demonstration that a person can open, and a quick way in for each person."""

from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from isso.requests.approvals import make_token
from isso.requests.before_arrival import first_form_of
from isso.requests.lifecycle import EDITABLE
from isso.requests.models import StudentRequest
from isso.requests.people.models import User
from isso.requests.records.choices import Stage
from isso.requests.records.models import StudentRecord
from isso.requests.registry import all_types
from isso.requests.views.before_arrival.next_steps import is_released
from isso.requests.views.journey import address_of, pages_to_fill

TABS = [
    *("/portal/", "/portal/profile/", "/portal/profile/travel/"),
    *("/portal/requests/", "/portal/requests/?all=1"),
]
DOORS = [
    *("/accounts/login/", "/accounts/inactive/"),
    *("/ar/accounts/login/", "/ar/accounts/help/", "/ar/accounts/help/sent/"),
]


def enter(tab, email, site):
    """Sign somebody in without the form, which has tests of its own."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    tab.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])


def public_addresses():
    """Return the address of every page of the public site, of search and of what is not there."""
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    return [*pages, "/search/", "/search/?query=visa", "/search/?query=zzzz", "/no-such-page/"]


def start_addresses():
    """Return the page before each type of request, and before one that does not exist."""
    return [reverse("portal_start", args=[key]) for key in [*all_types(), "no_such_type"]]


def request_addresses(student_request):
    """Return the status page of a request and every page of it that can be filled in."""
    addresses = [student_request.get_absolute_url()]
    if student_request.state in EDITABLE:
        addresses += [address_of(student_request, each) for each in pages_to_fill(student_request)]
        addresses.append(address_of(student_request, None))
    return addresses


def requests_of(email):
    """Return the requests of one person, the oldest first."""
    return StudentRequest.objects.filter(student__user__email=email).order_by("pk")


def places_before_arrival():
    """Return (address of the person, addresses) of everybody who has not arrived."""
    people = User.objects.filter(record__stage=Stage.PRE_ARRIVAL).order_by("pk")
    for user in people:
        first = first_form_of(user.record)
        pages = [page for page in first.type.pages if page.slug != "home"] if first else []
        released = [reverse("portal_own_dates")] if first and is_released(first) else []
        tabs = [address_of(first, page) for page in pages]
        yield user.email, ["/portal/", *tabs, *released]


def places_of_departments():
    """Return the department’s own pages: lists, the invitation, what it asks of a scholar."""
    here = reverse("portal_department")
    scholars = StudentRecord.objects.filter(user__email="scholar@demo.example")
    of_a_scholar = [reverse("portal_department_scholar", args=[each.pk]) for each in scholars]
    of_a_scholar += [
        reverse("portal_department_ask", args=[each.pk, "scholar_extension"]) for each in scholars
    ]
    lists = [reverse("portal_department_asked"), reverse("portal_department_invite")]
    return [here, *lists, *of_a_scholar]


def asker(student_request):
    """Return the address of somebody who owns a request."""
    if student_request.department:
        return "department@demo.example"
    return student_request.student.user.email


def one_of_each():
    """Return one request of each type in each state that the demonstration has."""
    found = {(each.type_key, each.state): each for each in StudentRequest.objects.order_by("-pk")}
    return list(found.values())


def approver_address(student_request):
    """Return the address in the mail to the approver of a request."""
    return f"/portal/approvals/{make_token(student_request.current_approval)}/"
