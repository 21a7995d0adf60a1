"""What schema.org allows for the types that our pages describe to search engines."""

import json
import re

TEXT, URL, DATE, TIME = "Text", "URL", "Date", "Time"
# From the pages of the types on schema.org: property → what may stand there. A type has the
# properties of its parents: LocalBusiness is an Organization and a Place.
SHAPES = {
    "LocalBusiness": {
        "name": TEXT,
        "telephone": TEXT,
        "email": TEXT,
        "address": "PostalAddress",
        "parentOrganization": "CollegeOrUniversity",
        "openingHoursSpecification": "OpeningHoursSpecification",
        "specialOpeningHoursSpecification": "OpeningHoursSpecification",
    },
    "FAQPage": {"url": URL, "inLanguage": TEXT, "mainEntity": "Question"},
    "Question": {"name": TEXT, "url": URL, "acceptedAnswer": "Answer"},
    "Answer": {"text": TEXT},
    "CollegeOrUniversity": {"name": TEXT, "url": URL},
    "PostalAddress": dict.fromkeys(
        ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"), TEXT
    ),
    "OpeningHoursSpecification": {
        "dayOfWeek": "DayOfWeek",
        "opens": TIME,
        "closes": TIME,
        "validFrom": DATE,
        "validThrough": DATE,
    },
}
PATTERNS = {
    TEXT: r"\S.*",
    URL: r"https?://\S+",
    DATE: r"\d{4}-\d{2}-\d{2}",
    TIME: r"\d{2}:\d{2}",
    "DayOfWeek": r"https://schema\.org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
}


def misshapen(value, expected, where=""):
    """Yield where a value does not have the shape that schema.org gives its type."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from misshapen(each, expected, f"{where}[{number}]")
    elif pattern := PATTERNS.get(expected):
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield where, value
    elif value.get("@type") != expected:
        yield where, value
    else:
        shape = SHAPES[expected]
        for name in value.keys() - {"@type", "@context"}:
            below = f"{where}.{name}"
            if name not in shape:
                yield below, "unknown"
            else:
                yield from misshapen(value[name], shape[name], below)


def data_of(html):
    """Read the only description that a page carries."""
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(data)
