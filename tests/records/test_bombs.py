"""A file of a few kilobytes cannot fill the memory: measured in a process of its own."""

import subprocess
import sys
import zlib

import pytest
from django.conf import settings

# The highest mark of this program alone: getrusage would count what the test runner had used.
CHECK = """
import sys
from pathlib import Path
from isso.requests.records.pdfs import rewrite_pdf
rewrite_pdf(sys.stdin.buffer.read())
marks = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(marks["VmHWM"].split()[0]) // 1024)
"""


def flood(start, filler, megabytes):
    """Deflate ``start`` followed by very much of the same."""
    deflate = zlib.compressobj(9)
    data = deflate.compress(start)
    for _megabyte in range(megabytes):
        data += deflate.compress(filler * (1_000_000 // len(filler)))
    return data + deflate.flush()


def stream(entries, data):
    """One PDF stream."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf_of(objects, packed=None):
    """A PDF of numbered objects; ``packed`` maps an object to the stream that holds it."""
    body, offsets = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table, size = len(body), 20
    rows = b""
    for number in range(size):
        if number in offsets:
            rows += b"\1" + offsets[number].to_bytes(4, "big") + b"\0"
        elif number in (packed or {}):
            rows += b"\2" + packed[number].to_bytes(4, "big") + b"\0"
        else:
            rows += bytes(6)
    entries = b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R" % size
    return body + b"19 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(entries, rows), table)


CATALOG = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
}


def flooded_objects():
    packed = flood(b"7 0 <</X 1>>", b" ", 400)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Y 7 0 R>>"
    holder = stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", packed)
    return pdf_of(CATALOG | {3: page, 4: holder}, packed={7: 4})


def flooded_page():
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    return pdf_of(CATALOG | {3: page, 4: stream(b"/Filter/FlateDecode", flood(b"", b"q Q ", 400))})


@pytest.mark.parametrize("bomb", [flooded_objects, flooded_page])
def test_a_pdf_that_unfolds_to_400_megabytes_stays_small(bomb):
    data = bomb()
    assert len(data) < 1_000_000
    result = subprocess.run(
        [sys.executable, "-c", CHECK],
        input=data,
        capture_output=True,
        cwd=settings.BASE_DIR,
        timeout=20,
        check=True,
    )

    assert int(result.stdout) < 200
