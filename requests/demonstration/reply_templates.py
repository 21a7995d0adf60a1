"""Brings the reply templates of ``reply_templates.toml``, as a supervisor would write them."""

import tomllib
from pathlib import Path

from ..models import ReplyTemplate

FILE = Path(__file__).parent / "reply_templates.toml"


def load_reply_templates():
    """Write each template that is not there yet."""
    known = set(ReplyTemplate.objects.values_list("title", flat=True))
    for told in tomllib.loads(FILE.read_text())["template"]:
        if told["title"] in known:
            continue
        template = ReplyTemplate(**told | {"text": told["text"].strip()})
        template.full_clean()
        template.save()
