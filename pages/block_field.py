"""Blocks of an editor in one column; what blocks there are stands in the code alone."""

from wagtail.fields import StreamField


class BlockField(StreamField):
    """A StreamField whose migrations do not repeat its blocks (docs/decisions/0017-blocks.md).

    A new block, or another help text, changes no column, and so it needs no migration.
    """

    def deconstruct(self):
        """Return what makes the column, and no blocks."""
        # Not by way of StreamField, which would write every block down.
        name, _path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, "wagtail.fields.StreamField", [[]], kwargs | {"block_lookup": {}}
