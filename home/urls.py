"""Addresses of the office that are not pages: its colors, its calendars and its news feed."""

from django.urls import path

from . import views
from .news_feed import NewsFeed
from .statistics_file import statistics_table

urlpatterns = [
    path("office.css", views.office_colors, name="office_colors"),
    path("calendar/hours.ics", views.hours_calendar, name="hours_calendar"),
    path("calendar/key-dates.ics", views.key_dates_calendar, name="key_dates_calendar"),
    path(
        "calendar/key-dates/<int:key_date_id>.ics",
        views.key_date_calendar,
        name="key_date_calendar",
    ),
    path("calendar/events.ics", views.events_calendar, name="events_calendar"),
    path("calendar/events/<int:event_id>.ics", views.event_calendar, name="event_calendar"),
    path("news/feed/", NewsFeed(), name="news_feed"),
    path("statistics/<int:pk>/<int:place>.csv", statistics_table, name="statistics_table"),
]
