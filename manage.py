#!/usr/bin/env python
"""Django's command line, with the development settings as its default."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isso.site.settings.development")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
