"""Addresses that exist once for each language of the site."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from . import views

urlpatterns = [
    path("search/", views.search, name="search"),
    # Wagtail's own address for the password of a page, which the last line would swallow.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    # In place of Wagtail's own, which asks the database for the language of every page.
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]
