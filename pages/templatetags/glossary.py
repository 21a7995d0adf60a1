"""The glossary inside other pages."""

from functools import partial

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..block_tags import register_around
from ..terms import explain_terms, glossary_address, known_terms

register = template.Library()


@partial(register_around, register)
def explaining_terms(context, content: str) -> SafeString:
    """Link the first use of each glossary word in what stands inside, unless the page says no."""
    if not getattr(context.get("page"), "explains_terms", True):
        return content
    if not (terms := known_terms()):
        return content
    glossary = glossary_address(context.get("request"))
    # Only links around words of the content, which the template has escaped already.
    return mark_safe(explain_terms(content, terms, glossary))  # noqa: S308
