"""What an editor can put into the body of a page, one family of blocks to a file.

Every block has one template, ``templates/pages/blocks/<name>.html``. The names and the shape of
their values, as the demonstration texts (home/demonstration/) write them:

============== ============================================================================
name           value
============== ============================================================================
paragraph      ``html``: headings h2 and h3, bold, italic, lists, links
steps          ``title``, ``steps`` of ``title``, ``text``, ``who``, ``time``
questions      ``title``, ``questions`` of ``question``, ``answer`` (HTML)
callout        ``tone`` (info, warn, ok, bad), ``title``, ``text`` (HTML)
deadline       ``title``, ``rule``, ``note``, ``date`` (optional)
checklist      ``title``, ``items`` of ``text``, ``who``, ``sample`` (a link)
table          ``caption``, ``columns`` (headings), ``rows`` (lists of texts)
compare        ``caption``, ``first``, ``second``, ``points`` of ``point``, ``first``, ``second``
glossary       ``title``, ``terms`` of ``term``, ``meaning``
video          ``title``, ``url``, ``length``, ``has_captions``, ``transcript`` (a link)
contact        ``name``, ``text``, ``email``, ``phone``; or ``person``: a name of our staff
related        ``pages``: a list of paths such as ``/immigration/travel/``
request_link   ``type_key``: the request type whose guide page the button leads to
form_link      ``form``: the title of a form of “All forms”, ``text``
============== ============================================================================
"""

from .body import BODY_BLOCKS, BodyBlock

__all__ = ["BODY_BLOCKS", "BodyBlock"]
