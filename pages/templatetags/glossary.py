"""The glossary inside other pages."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..terms import explain_terms, known_terms

register = template.Library()


@register.simple_block_tag(takes_context=True)
def explaining_terms(context, content: str) -> SafeString:
    """Link the first use of each glossary word in what stands inside, unless the page says no."""
    if not getattr(context.get("page"), "explains_terms", True):
        return content
    # Only links around words of the content, which the template has escaped already.
    return mark_safe(explain_terms(content, known_terms()))  # noqa: S308
