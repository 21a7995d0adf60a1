"""A strict Content-Security-Policy everywhere, a looser one only below /admin/."""

import pytest
from django.contrib.auth import get_user_model

STRICT = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
ADMIN = STRICT | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


def policy(response):
    parts = response["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in (part.split() for part in parts)}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/portal/", "/no-such-page/", "/administer/"])
def test_strict_outside_the_admin(client, path):
    assert policy(client.get(path)) == STRICT


@pytest.mark.django_db
def test_looser_inside_the_admin(client):
    client.force_login(get_user_model().objects.create_superuser("a@example.edu", full_name="A"))
    response = client.get("/admin/reports/site-history/")
    assert response.status_code == 200
    assert policy(response) == ADMIN


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_the_doors_of_wagtail_lead_to_the_one_sign_in(client, path):
    response = client.get(f"{path}?next=/admin/")
    assert response["Location"] == "/accounts/login/?next=/admin/"
