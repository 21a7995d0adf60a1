"""What belongs to the whole site and to no room."""

import logging
import re
import time
import uuid

import structlog
from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_from_path

from isso.home import error_code
from isso.home.office import the_office, working_for

from .log_lines import route

logger = logging.getLogger("isso.site.requests")


class RequestLog:
    """Write one line per request: what, how long, how it ended; never who.

    Every line that is written on the way carries the number of the request and the short code that
    an error page shows, so that whoever is told the code finds the lines.
    Answers of the page cache stand before it and write none: nginx's line tells of them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request_id = _request_id(request.headers.get("X-Request-ID", ""))
        began = time.monotonic()
        names = {"request_id": request_id, error_code.NAME: error_code.new_code()}
        with structlog.contextvars.bound_contextvars(**names):
            response = self.get_response(request)
            facts = {
                "method": request.method,
                "route": route(request),
                "status": response.status_code,
                "milliseconds": round((time.monotonic() - began) * 1000),
            }
            logger.info("request", extra=facts)
        response["X-Request-ID"] = request_id
        return response


def _request_id(offered):
    """Keep the proxy's number for the request if it is one, so that both logs agree."""
    return offered if re.fullmatch(r"[A-Za-z0-9-]{8,64}", offered) else str(uuid.uuid4())


class LanguageOfAddress:
    """Speak the language the address begins with, such as /ar/; without one, the office's own.

    Django's own LocaleMiddleware asks cookies and browsers, too: then one address would have
    several answers, and no cache could keep it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            return self.get_response(request)


class OfficeAtHand:
    """Answer each request in the names and the time zone of the office; there is one here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        office = the_office()
        if office:
            # Where Wagtail looks for both, so that nothing reads them again.
            setattr(request, office.get_cache_attr_name(), office)
            if _is_asked_for(office.site, request):
                request._wagtail_site = office.site
        with working_for(office):
            return self.get_response(request)


def _is_asked_for(site, request):
    """Tell whether this is the site that Wagtail would find: its host and port are those asked."""
    host = request.get_host().partition(":")[0]
    return (site.hostname, str(site.port)) == (host, request.get_port())


class AdminContentPolicy:
    """Loosen the content policy for Wagtail's admin alone, whose own templates hold inline code."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["blob:"],
                "frame-src": [SELF],
            }
        return response
