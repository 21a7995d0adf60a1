"""The office's pages, and the facts editors keep for them."""

from .about import AboutPage, ContactPage, DirectionsPage
from .alerts import Alert
from .approval import OfficeApproval
from .calendar_entries import CanceledCalendarEntry, IgnoredSuggestion, ToldCalendarEntry
from .costs import CostOfAttendance, CostsPage
from .dates import KeyDate, KeyDatesPage, all_dates
from .events import EventPage, EventsPage
from .exchange_rates import ExchangeRate
from .faq import FaqPage
from .hours import ExceptionHours, HoursException, HoursSchedule, HoursSlot
from .landing import HomePage
from .news import NewsItemPage, NewsPage
from .portal_guide import PortalGuidePage
from .processing_times import ProcessingTimesPage
from .settings import OfficeSettings
from .staff import StaffMember, StaffPage
from .statistics import StatisticsPage, StatisticsYear

__all__ = [
    "AboutPage",
    "Alert",
    "CanceledCalendarEntry",
    "ContactPage",
    "CostOfAttendance",
    "CostsPage",
    "DirectionsPage",
    "EventPage",
    "EventsPage",
    "ExceptionHours",
    "ExchangeRate",
    "FaqPage",
    "HomePage",
    "HoursException",
    "HoursSchedule",
    "HoursSlot",
    "IgnoredSuggestion",
    "KeyDate",
    "KeyDatesPage",
    "NewsItemPage",
    "NewsPage",
    "OfficeApproval",
    "OfficeSettings",
    "PortalGuidePage",
    "ProcessingTimesPage",
    "StaffMember",
    "StaffPage",
    "StatisticsPage",
    "StatisticsYear",
    "ToldCalendarEntry",
    "all_dates",
]
