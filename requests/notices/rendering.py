"""From a key and a context to a mail: in the office's own words when there are any, else ours."""

import logging
import re
from dataclasses import dataclass

from django.template import Context
from django.template.loader import get_template

from .asking import with_what_is_asked
from .wording import WORDING_ERRORS, render_html, render_plain

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """What a person reads."""

    subject: str
    text: str
    html: str


def render_mail(key: str, context: dict, wording=None) -> Mail:
    """Render one mail; a broken wording of the office falls back to the standard files."""
    if wording is not None:
        try:
            return _in_the_offices_words(key, wording, context)
        except WORDING_ERRORS:
            logger.exception("The office's wording of %s failed; the standard text is sent.", key)
    return _mail(
        with_what_is_asked(key, _file(f"notices/{key}.subject.txt", context, autoescape=False)),
        _file(f"notices/{key}.txt", context, autoescape=False),
        _file(f"notices/{key}.html", context),
    )


def one_line(text: str) -> str:
    """Make one line of a text, so that nothing in it can become another mail header."""
    return " ".join(text.replace("\0", "").split())


def _in_the_offices_words(key, wording, context):
    subject = one_line(with_what_is_asked(key, render_plain(wording.subject, context)))
    text = render_plain(wording.text, context)
    body = render_html(wording.html, context) if wording.html else ""
    page = {**context, "subject": subject, "text": text, "body": body}
    return _mail(subject, text, _file("notices/wording.html", page))


def _mail(subject, text, html):
    return Mail(one_line(subject), re.sub(r"\n\s*\n\s*\n+", "\n\n", text).strip() + "\n", html)


def _file(name, context, *, autoescape=True):
    return get_template(name).template.render(Context(context, autoescape=autoescape))
