"""Small blocks that only the office's own pages use."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

from isso.pages.blocks.questions import QuestionBlock
from isso.pages.links import validate_link

from .statistics import KINDS, PEOPLE, PERCENT, TEXT


class FigureBlock(blocks.StructBlock):
    """One number about the office."""

    value = blocks.CharBlock(
        label=_("Number"), max_length=20, help_text=_("Shown large, for example: 2,450")
    )
    label = blocks.CharBlock(
        label=_("What it counts"),
        max_length=80,
        help_text=_("Stands with the number, for example: students from 96 countries"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Figure")
        description = _("A number that visitors remember, with what it counts.")


class ServiceBlock(blocks.StructBlock):
    """One thing the office does."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=80, help_text=_("What you do, for example: Travel signatures")
    )
    text = blocks.TextBlock(
        label=_("Text"), rows=2, help_text=_("For whom, and how people come to it.")
    )

    class Meta:
        icon = "tick"
        label = _("Service")
        description = _("One thing the office does, under “What we do”.")


class HelperBlock(blocks.StructBlock):
    """Another office that helps with what this one does not do."""

    name = blocks.CharBlock(
        label=_("Name"), max_length=120, help_text=_("For example: Housing office")
    )
    text = blocks.CharBlock(
        label=_("What they help with"),
        max_length=200,
        help_text=_("Stands after the name, so that visitors ask the right people."),
    )
    url = blocks.CharBlock(
        label=_("Link"),
        max_length=200,
        required=False,
        validators=[validate_link],
        help_text=_("A path of this site, or a full address."),
    )

    class Meta:
        icon = "group"
        label = _("Office")
        description = _("Another office, with what it helps with and a link to it.")


class DoorBlock(blocks.StructBlock):
    """A way in from the home page: a task, or a part of the site for one kind of reader."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=80, help_text=_("The words visitors click on.")
    )
    text = blocks.CharBlock(
        label=_("Text"),
        max_length=160,
        required=False,
        help_text=_("What they find behind it, in one sentence."),
    )
    url = blocks.CharBlock(
        label=_("Link"),
        max_length=200,
        validators=[validate_link],
        help_text=_("A path such as /immigration/travel/"),
    )
    icon = blocks.CharBlock(
        label=_("Icon"),
        max_length=40,
        required=False,
        help_text=_("A lucide icon name, for example: plane"),
    )

    class Meta:
        icon = "link"
        label = _("Way in")
        description = _("A tile of the home page that leads to one page.")


class FaqTopicBlock(blocks.StructBlock):
    """Questions about one topic."""

    title = blocks.CharBlock(
        label=_("Topic"),
        max_length=120,
        help_text=_("The heading above its questions; the list on top of the page leads to it."),
    )
    questions = blocks.ListBlock(
        QuestionBlock(),
        label=_("Questions"),
        min_num=1,
        help_text=_("The one that is asked most goes first. Each has an address to send around."),
    )

    class Meta:
        icon = "help"
        label = _("Topic")
        description = _("Questions that belong together, with their answers.")


class StatisticsTableBlock(blocks.StructBlock):
    """One table of numbers about people."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=KINDS,
        default="other",
        help_text=_("What it is broken down by. Visitors do not see this."),
    )
    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("The heading above it, for example: Students by country"),
    )
    table = TypedTableBlock(
        [
            (TEXT, blocks.CharBlock(label=_("Text"), required=False)),
            (PEOPLE, blocks.IntegerBlock(label=_("Number of people"), min_value=0, required=False)),
            (PERCENT, blocks.DecimalBlock(label=_("Percent"), required=False)),
        ],
        label=_("Table"),
        help_text=_(
            "The first column names the rows. Visitors see no number of fewer than five people; "
            "a number left empty shows as a dash, too."
        ),
    )
    bars = blocks.CharBlock(
        label=_("Bars"),
        max_length=80,
        required=False,
        help_text=_("The heading of the column to draw as bars."),
    )
    note = blocks.CharBlock(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("The caption of the table: what one must know to read it. Empty: its title."),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Numbers of people, as a table and as bars.")

    def table_of(self, columns, lines):
        """Make the value of the table from (heading, kind) of each column and the lines below."""
        kinds = self.child_blocks["table"].child_blocks
        return TypedTable(
            columns=[{"block": kinds[kind], "heading": heading} for heading, kind in columns],
            row_data=[{"values": line} for line in lines],
            caption="",
        )
