"""Addresses that exist once for each language of the site."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtails

from . import views

urlpatterns = [
    path("search/", views.search, name="search"),
    *(pattern for pattern in wagtails if pattern.name != "wagtail_serve"),
    # In place of Wagtail's own, which asks the database for the language of every page.
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]
