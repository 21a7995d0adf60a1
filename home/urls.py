"""Addresses of the office that are not pages: its calendars."""

from django.urls import path

from . import views

urlpatterns = [
    path("calendar/hours.ics", views.hours_calendar, name="hours_calendar"),
    path("calendar/key-dates.ics", views.key_dates_calendar, name="key_dates_calendar"),
    path(
        "calendar/key-dates/<int:key_date_id>.ics",
        views.key_date_calendar,
        name="key_date_calendar",
    ),
]
