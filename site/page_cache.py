"""Keeps public pages in this process's memory, in front of every other middleware.

An entry carries the generation of the site read *before* the page was rendered, so a page that was
under way while an editor published is never handed out afterwards (pages/generation.py). What may
be kept and what never is stands in docs/decisions/0011-page-cache.md.
"""

import functools
import gzip
import logging
import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_max_age, set_response_etag

from isso.pages.generation import stamp

logger = logging.getLogger(__name__)

# People's own addresses; their answers forbid keeping as well.
DOORS = ("/accounts/", *(f"/{language}/accounts/" for language, _name in settings.LANGUAGES))
PRIVATE = ("/admin/", "/portal/", *DOORS)
LONGEST_ADDRESS = 400
# True of one answer only, or written anew for each.
NOT_KEPT = {"X-Request-ID", "Date", "Expires", "Content-Length", "Cache-Control", "ETag"}
# A flood of made-up questions must not push the pages themselves out: it fills a shelf of its own.
PAGES = {"most": 1000, "most_bytes": 48 * 1024 * 1024}
QUESTIONS = {"most": 200, "most_bytes": 8 * 1024 * 1024}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """One answer: until when it is right, and its bytes as they are and compressed."""

    generation: object
    expires: float
    max_age: int
    headers: dict
    plain: bytes
    zipped: bytes

    def seconds_left(self, generation):
        """Count how long the answer may still be kept; none when it is from another time."""
        left = int(self.expires - time.time())
        # More than at first: the clock was set back, and the page tells of a time to come.
        return left if generation == self.generation and 0 < left <= self.max_age else 0

    def answer(self, request, left, **headers):
        """Write the answer to one visitor."""
        zipped = takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.zipped if zipped else self.plain
        response = HttpResponse(b"" if request.method == "HEAD" else body, headers=self.headers)
        response["Cache-Control"] = f"max-age={left}"
        response["Content-Length"] = str(len(body))
        if zipped:
            response["Content-Encoding"] = "gzip"
        for name, value in headers.items():
            response[name.replace("_", "-")] = value
        return response


class Shelf:
    """So many pages and bytes at most; what was not asked for the longest makes room."""

    def __init__(self, *, most, most_bytes):
        self.most, self.most_bytes, self.bytes = most, most_bytes, 0
        self._pages = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self):
        return len(self._pages)

    def get(self, key):
        """Return the page of an address, or nothing."""
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
            return page

    def put(self, key, page):
        """Keep a page."""
        with self._lock:
            self._drop(self._pages.pop(key, None))
            self._pages[key] = page
            self.bytes += _size(page)
            while len(self._pages) > self.most or self.bytes > self.most_bytes:
                self._drop(self._pages.popitem(last=False)[1])

    def _drop(self, page):
        self.bytes -= _size(page) if page else 0


class PageCache(ConditionalGetMiddleware):
    """Answer public pages from memory; say "not modified" whoever has answered."""

    def __init__(self, get_response):
        super().__init__(get_response)
        self.pages, self.questions = Shelf(**PAGES), Shelf(**QUESTIONS)

    def __call__(self, request):
        return self.process_response(request, self._respond(request))

    def _respond(self, request):
        generation = _generation() if _may_be_public(request) else None
        if generation is None:
            return self.get_response(request)
        meta = request.META
        question = meta.get("QUERY_STRING", "")
        shelf = self.questions if question else self.pages
        host = meta.get("HTTP_HOST") or (meta.get("SERVER_NAME"), meta.get("SERVER_PORT"))
        key = (request.scheme, host, request.path, question)
        page = shelf.get(key)
        left = page.seconds_left(generation) if page else 0
        if left:
            return page.answer(request, left, X_Page_Cache="hit")
        began = time.time()
        response = self.get_response(request)
        if request.method == "HEAD" or not may_be_kept(response):
            return response
        page = _keep(response, generation, began)
        shelf.put(key, page)
        return page.answer(request, page.max_age)


def _may_be_public(request):
    return (
        settings.PAGE_CACHE
        and request.method in {"GET", "HEAD"}
        and not request.path_info.startswith(PRIVATE)
        and len(request.path_info) + len(request.META.get("QUERY_STRING", "")) <= LONGEST_ADDRESS
        # Wagtail sends an editor's preview through the middlewares under the page's own address.
        and not getattr(request, "is_dummy", False)
    )


def _generation():
    try:
        return stamp().read()
    except Exception:  # whatever is wrong with the stamp: what we keep may be outdated
        logger.warning("The generation of the pages cannot be read; no page is kept.")
        return None


def may_be_kept(response):
    """Say whether an answer is the same for everybody, and right for some time."""
    directives = set(re.findall(r"[a-z-]+(?==|,|$)", response.get("Cache-Control", "")))
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and directives == {"max-age"}
        and (get_max_age(response) or 0) > 0
        and response.get("Vary", "").lower() in {"", "accept-encoding"}
        and not response.has_header("Content-Encoding")
    )


def _keep(response, generation, began):
    max_age = get_max_age(response)
    headers = {name: value for name, value in response.items() if name not in NOT_KEPT}
    # A weak tag names both forms of the bytes.
    headers["ETag"] = f"W/{set_response_etag(response)['ETag'].removeprefix('W/')}"
    headers["Vary"] = "Accept-Encoding"
    zipped = gzip.compress(response.content, 6, mtime=0)
    return KeptPage(generation, began + max_age, max_age, headers, response.content, zipped)


@functools.lru_cache(256)
def takes_gzip(accepted):
    """Read the header Accept-Encoding: "gzip;q=0" means no."""
    for part in accepted.lower().split(","):
        name, _semicolon, quality = part.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False


def _size(page):
    return len(page.plain) + len(page.zipped)
