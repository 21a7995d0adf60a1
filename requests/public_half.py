"""What the public site shows of the portal: statuses, forms, processing times."""

from isso.home.portal_words import StatusWords
from isso.home.processing_times import ProcessingTime
from isso.pages.form_rows import FormRow

from . import words
from .models.guide import live_guides
from .models.policy import policies_in_force
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


def processing_times():
    """Return how long each request with a published guide takes, by the policies in force."""
    types, policies = all_types(), policies_in_force()
    return [
        ProcessingTime(
            title=str(types[key].title),
            url=guide.url,
            days=policies[key].target_days,
            is_open=policies[key].is_open,
            closed_text=policies[key].closed_text,
        )
        for key, guide in live_guides().items()
        if key in types
    ]
