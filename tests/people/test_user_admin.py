"""Users in the admin: invited by an administrator, closed rather than deleted."""

import pytest

from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_student

pytestmark = pytest.mark.django_db


def test_an_administrator_adds_somebody_without_a_password(client, admin_user):
    client.force_login(admin_user)
    client.post(
        "/admin/users/new/",
        {"email": "Hana@School.Example", "full_name": "Hana Ito", "preferred_name": "Hana"},
    )
    user = User.objects.get(email="hana@school.example")

    assert (user.full_name, user.preferred_name) == ("Hana Ito", "Hana")
    assert not user.has_usable_password()


def test_an_address_is_taken_whatever_its_capitals(client, admin_user):
    make_student("hana@school.example")
    client.force_login(admin_user)
    response = client.post("/admin/users/new/", {"email": "HANA@school.example", "full_name": "x"})

    assert dict(response.context["form"].errors) == {
        "email": ["A user with that username already exists."]
    }
    assert User.objects.filter(email__iexact="hana@school.example").count() == 1


def test_an_account_is_closed_not_deleted(client, admin_user):
    user = make_student().user
    client.force_login(admin_user)
    assert client.get("/admin/users/").status_code == 200
    assert client.get(f"/admin/users/edit/{user.pk}/").status_code == 200

    client.post(f"/admin/users/delete/{user.pk}/")
    assert User.objects.filter(pk=user.pk, is_active=True).exists()

    client.post(f"/admin/users/edit/{user.pk}/", {"email": user.email, "full_name": "Amara Okoye"})
    user.refresh_from_db()
    assert (user.is_active, user.full_name) == (False, "Amara Okoye")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADVISOR, Role.SUPERVISOR])
def test_roles_of_the_office_do_not_manage_users(client, role):
    student = make_student()
    client.force_login(make_staff(role))

    for address in ("/admin/users/", "/admin/users/new/", f"/admin/users/edit/{student.user.pk}/"):
        assert b"Okoye" not in client.get(address, follow=True).content
        client.post(address, {"email": "x@school.example", "full_name": "x"})
    assert not User.objects.filter(email="x@school.example").exists()
