"""What visitors see when something of ours fails; registered in urls.py."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render

LAST_RESORT = "<!doctype html><title>Error</title><h1>Please try again in a minute</h1>"


def failed(request):
    """Tell "the database is away, try again soon" from "this is our mistake".

    Django calls this while it handles the exception, so the exception can still be asked for.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = _page("503.html", 503)
        response["Retry-After"] = "30"
        return response
    return _page("500.html", 500)


def _page(template, status):
    try:
        # Without the request: its context processors would ask the database again.
        return render(None, template, status=status)
    except Exception:  # an error page that fails would leave the visitor with nothing
        return HttpResponse(LAST_RESORT, status=status)
