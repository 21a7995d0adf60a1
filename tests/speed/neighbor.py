"""A second process of the same office: reads an address a line, answers with what a visitor sees.

Started by test_at_the_same_time.py with the settings of the tests and where their data lies.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings

database, folder = json.loads(sys.argv[1])
os.environ["DJANGO_SETTINGS_MODULE"] = "isso.site.settings.test"
settings.DATABASES["default"] |= {"NAME": database}
settings.DATA_DIR = Path(folder)
settings.PAGE_CACHE = True
django.setup()

from django.test import Client  # noqa: E402 (needs the set-up above)

client = Client()
for line in sys.stdin:
    response = client.get(line.strip())
    kept = response.get("X-Page-Cache", "")
    print(json.dumps([response.status_code, kept, response.text]), flush=True)
