"""The office's own wording of a mail: a small, safe part of Django's template language.

Staff may write ``{{ placeholder }}``, ``{% if %}`` and ``{% for %}``, nothing that reads files,
settings or objects; HTML is limited to text and links, so that a mail loads nothing.
"""

import re
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .catalog import mail_keys


class _WordingEngine(Engine):
    """An engine that knows only the tags and filters of wording_tags.py, and no files."""

    default_builtins = ["isso.requests.notices.wording_tags"]


_engine = _WordingEngine(loaders=[], libraries={})
WORDING_ERRORS = (TemplateSyntaxError, TypeError, ValueError, KeyError, AttributeError)

COMMON_PLACEHOLDERS = frozenset(
    {
        "name",
        "reference",
        "request_title",
        "office_name",
        "office_short_name",
        "office_email",
        "office_phone",
        "note",
        "link",
    }
)
ALLOWED_TAGS = frozenset({"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "a", "h2", "h3"})
_PLACEHOLDER = re.compile(r"{{\s*(\w+)|{%\s*if\s+(\w+)|{%\s*for\s+\w+\s+in\s+(\w+)")
_LINK = re.compile(r"^\s*({{\s*link\s*}}|https?://|mailto:)")


def render_plain(source: str, context: dict) -> str:
    """Render wording as plain text."""
    rendered = _engine.from_string(source).render(Context(context, autoescape=False))
    # A rendered text calls itself safe HTML, which this one is not.
    return "" + rendered


def render_html(source: str, context: dict) -> SafeString:
    """Render wording as HTML; every placeholder is escaped."""
    return mark_safe(_engine.from_string(source).render(Context(context)))  # noqa: S308


def placeholders(key: str) -> frozenset[str]:
    """Return the placeholders one mail knows: those of its standard text and the common ones."""
    if key not in mail_keys():
        return COMMON_PLACEHOLDERS
    names = set(COMMON_PLACEHOLDERS)
    for suffix in (".subject.txt", ".txt"):
        source = get_template(f"notices/{key}{suffix}").template.source
        names |= _names(source) - _loop_names(source)
    return frozenset(names)


def check_wording(key: str, **fields: str):
    """Raise a ``ValidationError`` naming each field that could not be sent as it stands."""
    errors = {}
    for field, source in fields.items():
        problem = _problem(key, source, is_html=field == "html")
        if problem:
            errors[field] = problem
    if errors:
        raise ValidationError(errors)


def _problem(key, source, *, is_html):
    try:
        render_plain(source, {})
    except WORDING_ERRORS as error:
        return _("This cannot be read: %(error)s") % {"error": error}
    unknown = sorted(_names(source) - placeholders(key) - _loop_names(source))
    if unknown:
        return _("Unknown placeholder: %(names)s. This mail knows: %(known)s.") % {
            "names": ", ".join(unknown),
            "known": ", ".join(sorted(placeholders(key))),
        }
    return _html_problem(source) if is_html else None


def _names(source):
    """Find the placeholders a text uses; a plain ``not`` is none."""
    return {name for found in _PLACEHOLDER.findall(source) for name in found if name} - {"not"}


def _loop_names(source):
    return set(re.findall(r"{%\s*for\s+(\w+)\s+in", source))


def _html_problem(source):
    checker = _MarkupChecker()
    checker.feed(source)
    checker.close()
    return checker.problem


class _MarkupChecker(HTMLParser):
    """Remember the first thing in the HTML that a mail may not hold."""

    problem = None

    def handle_starttag(self, tag, attrs):
        if tag not in ALLOWED_TAGS:
            self._refuse(_("The tag <%(tag)s> is not allowed in a mail.") % {"tag": tag})
        for name, value in attrs:
            if tag != "a" or name != "href" or not _LINK.match(value or ""):
                self._refuse(
                    _("Only links to a web or mail address are allowed, not “%(name)s”.")
                    % {"name": name}
                )

    def handle_decl(self, decl):
        self._refuse(_("Write only the text of the mail, no document frame."))

    def handle_pi(self, data):
        self.handle_decl(data)

    def _refuse(self, sentence):
        self.problem = self.problem or sentence
