"""The few template tags and filters staff may use in the wording of a mail."""

from django.template import Library, defaultfilters, defaulttags

register = Library()
register.tag("if", defaulttags.do_if)
register.tag("for", defaulttags.do_for)
register.filter("default", defaultfilters.default)
register.filter("capfirst", defaultfilters.capfirst)
