"""Tables with a caption and header cells, readable by a screen reader; and lists of terms."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock


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

    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.DecimalBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"),
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

    point = blocks.CharBlock(label=_("Point"), max_length=120)
    first = blocks.CharBlock(label=_("First option"), max_length=240)
    second = blocks.CharBlock(label=_("Second option"), max_length=240)

    class Meta:
        icon = "list-ul"
        label = _("Point")


class CompareBlock(blocks.StructBlock):
    """Two options side by side, point by point."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    first = blocks.CharBlock(label=_("First option"), max_length=80)
    second = blocks.CharBlock(label=_("Second option"), max_length=80)
    points = blocks.ListBlock(ComparedPointBlock(), label=_("Points"), min_num=1)

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

    term = blocks.CharBlock(label=_("Word"), max_length=80)
    meaning = blocks.TextBlock(label=_("What it means"), rows=2)

    class Meta:
        icon = "title"
        label = _("Word")


class GlossaryBlock(blocks.StructBlock):
    """The words of one page, explained."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    terms = blocks.ListBlock(TermBlock(), label=_("Words"), min_num=1)

    class Meta:
        icon = "openquote"
        label = _("Words explained")
        description = _("Words that readers of this page may not know.")
        template = "pages/blocks/glossary.html"
        preview_value = {
            "title": "",
            "terms": [{"term": "SEVIS", "meaning": "The government's database of students."}],
        }
