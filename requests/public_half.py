"""What the public site shows of the portal: words of statuses, rows of forms."""

from isso.home.portal_words import StatusWords
from isso.pages.form_rows import FormRow

from . import words
from .models.guide import live_guides
from .registry import all_types


def status_words():
    """Return each status a student can see once, with its explanation, for the portal guide."""
    told = {}
    for label, sentence, tone, icon in words.status_words():
        told.setdefault(str(label), StatusWords(str(label), str(sentence), tone, icon))
    return list(told.values())


def form_rows():
    """Return a line of “All forms” for each request that has a published guide."""
    types = all_types()
    return [
        FormRow(
            title=str(types[key].title),
            url=guide.url,
            kind="portal",
            description=str(types[key].summary),
            topic=str(types[key].topic),
            audience=str(types[key].audience),
        )
        for key, guide in live_guides().items()
        if key in types
    ]
