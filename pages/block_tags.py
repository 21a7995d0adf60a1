"""Tags around a part of a template that other templates may fill in.

Django's own ``simple_block_tag`` hides the blocks inside it from template inheritance, and what
stood in them is lost without a word.
"""

from django import template


class Around(template.Node):
    """Render what stands inside and change the outcome."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist, change):
        self.nodelist = nodelist
        self.change = change

    def render(self, context):
        return self.change(context, self.nodelist.render(context))


def register_around(register, change):
    """Register ``change(context, content)``, which returns safe HTML, under its own name."""

    def parse(parser, _token):
        nodelist = parser.parse((f"end{change.__name__}",))
        parser.delete_first_token()
        return Around(nodelist, change)

    register.tag(change.__name__, parse)
    return change
