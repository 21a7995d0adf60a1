"""The kinds of columns that a record and the rows around it are made of."""

from django.core.validators import MaxValueValidator
from django.db import models

# Columns that came later: the database fills them in, too, so that an older version of the
# program may go on writing rows while a new one is being rolled out.
LATER = {"default": "", "db_default": ""}


def text(label, length, *checks, **options):
    """Return a line of text that may stay empty."""
    return models.CharField(label, max_length=length, blank=True, validators=checks, **options)


def choice(label, values, **options):
    """Return one of some words, or none."""
    longest = max(map(len, values.values))
    return models.CharField(label, max_length=longest, choices=values, blank=True, **options)


def day(label):
    """Return a date that may be unknown."""
    return models.DateField(label, null=True, blank=True)


def flag(label):
    """Return a yes or no that is no until somebody says so."""
    return models.BooleanField(label, default=False, db_default=False)


def number(label, most):
    """Return a small number that may be unknown."""
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(most)]
    )


def dollars(label):
    """Return whole US dollars, at most what SEVIS takes."""
    return models.PositiveIntegerField(label, default=0, validators=[MaxValueValidator(99_999_999)])
