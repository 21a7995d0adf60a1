"""The office's pages, and the facts editors keep for them."""

from .about import AboutPage, ContactPage, DirectionsPage
from .alerts import Alert
from .calendar_entries import CanceledCalendarEntry, IgnoredSuggestion
from .dates import KeyDate, KeyDatesPage, all_dates
from .hours import ExceptionHours, HoursException, HoursSchedule, HoursSlot
from .landing import HomePage
from .portal_guide import PortalGuidePage
from .settings import OfficeSettings
from .staff import StaffMember, StaffPage
from .statistics import StatisticsPage, StatisticsYear

__all__ = [
    "AboutPage",
    "Alert",
    "CanceledCalendarEntry",
    "ContactPage",
    "DirectionsPage",
    "ExceptionHours",
    "HomePage",
    "HoursException",
    "HoursSchedule",
    "HoursSlot",
    "IgnoredSuggestion",
    "KeyDate",
    "KeyDatesPage",
    "OfficeSettings",
    "PortalGuidePage",
    "StaffMember",
    "StaffPage",
    "StatisticsPage",
    "StatisticsYear",
    "all_dates",
]
