"""Tables with a caption and header cells, readable by a screen reader."""

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
