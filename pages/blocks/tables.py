"""Tables with a caption and header cells, readable by a screen reader; and lists of terms."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock

CAPTION = _("Stands above the table and says what it shows; screen readers read it first.")


def text_table(headings, rows):
    """Make the table value of plain texts, for previews and the demonstration pages."""
    text_block = TableBlock().child_blocks["table"].child_blocks["text"]
    return TypedTable(
        columns=[{"block": text_block, "heading": heading} for heading in headings],
        row_data=[{"values": list(row)} for row in rows],
        caption="",
    )


class TableBlock(blocks.StructBlock):
    """A table of texts and numbers; the first cell of each row names the row."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=160, help_text=CAPTION)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
        help_text=_("The first column names the rows. Few columns are easier to read on a phone."),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption; the first column names each row.")
        template = "pages/blocks/table.html"

    def get_preview_value(self):
        """Show a small table in the block picker."""
        rows = [["CPT", "Before you finish"], ["OPT", "After you finish"]]
        return self.to_python({"caption": "Two kinds of training"}) | {
            "table": text_table(["Kind", "When"], rows)
        }


class ComparedPointBlock(blocks.StructBlock):
    """One point, and what holds for each of the two."""

    point = blocks.CharBlock(
        label=_("Point"), max_length=120, help_text=_("What is compared, for example: When")
    )
    first = blocks.CharBlock(
        label=_("First option"), max_length=240, help_text=_("What holds for the first one.")
    )
    second = blocks.CharBlock(
        label=_("Second option"), max_length=240, help_text=_("What holds for the second one.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Point")


class CompareBlock(blocks.StructBlock):
    """Two options side by side, point by point."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=160, help_text=CAPTION)
    first = blocks.CharBlock(
        label=_("First option"),
        max_length=80,
        help_text=_("The heading of its column, for example: CPT"),
    )
    second = blocks.CharBlock(
        label=_("Second option"),
        max_length=80,
        help_text=_("The heading of its column, for example: OPT"),
    )
    points = blocks.ListBlock(
        ComparedPointBlock(),
        label=_("Points"),
        min_num=1,
        help_text=_("Each makes one row of the table."),
    )

    class Meta:
        icon = "table"
        label = _("Compare two options")
        description = _("Two options side by side, such as CPT and OPT.")
        template = "pages/blocks/compare.html"
        preview_value = {
            "caption": "CPT or OPT",
            "first": "CPT",
            "second": "OPT",
            "points": [
                {"point": "When", "first": "Before you finish", "second": "After you finish"},
                {"point": "Who decides", "first": "Our office", "second": "The government"},
            ],
        }


class TermBlock(blocks.StructBlock):
    """One word and what it means."""

    term = blocks.CharBlock(
        label=_("Word"), max_length=80, help_text=_("As this page writes it, for example: SEVIS")
    )
    meaning = blocks.TextBlock(
        label=_("What it means"), rows=2, help_text=_("One or two short sentences.")
    )

    class Meta:
        icon = "title"
        label = _("Word")


class GlossaryBlock(blocks.StructBlock):
    """The words of one page, explained."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("The heading above the words. Empty: “Words explained”."),
    )
    terms = blocks.ListBlock(
        TermBlock(),
        label=_("Words"),
        min_num=1,
        help_text=_("Only for this page. Words of many pages belong in the glossary."),
    )

    class Meta:
        icon = "openquote"
        label = _("Words explained")
        description = _("Words that readers of this page may not know.")
        template = "pages/blocks/glossary.html"
        preview_value = {
            "title": "",
            "terms": [{"term": "SEVIS", "meaning": "The government's database of students."}],
        }
