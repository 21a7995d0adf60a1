"""One table of the statistics as a file for spreadsheets, as visitors see it."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from .models import StatisticsYear
from .spreadsheet import cell

SECONDS = 300
# More than a database counts up to.
HIGHEST_KEY = 2**31 - 1


@require_safe
def statistics_table(request, pk, place):
    """Serve the table in this place of a year."""
    year = get_object_or_404(StatisticsYear, pk=min(pk, HIGHEST_KEY))
    tables = year.tables_shown()
    if place >= len(tables):
        raise Http404
    table = tables[place]
    # Excel takes a file for UTF-8 only with this mark.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    write = csv.writer(response).writerow
    write([cell(heading) for heading, _is_number in table.headings])
    for row in table.rows:
        write([cell(row.label), *(cell(each.plain) for each in row.cells)])
    name = slugify(f"statistics {year.name} {table.title}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    patch_cache_control(response, max_age=SECONDS)
    return response
