"""Questions that an earlier answer of the same page leads to; without it they ask nothing."""

from typing import ClassVar

from ..request_form import RequestForm


class AskedWhenForm(RequestForm):
    """A page whose questions hang on one another.

    ``asked_when`` names for a question the one before and the answers that lead to it; what is
    required is required only then.
    """

    asked_when: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {}

    def set_limits(self, situation):
        """Let a script show each question after its answer, and leave the others aside."""
        super().set_limits(situation)
        for name, (before, wanted) in self.asked_when.items():
            if name not in self.fields:
                continue
            self.fields[name].widget.attrs["data-show-if"] = f"{before}={'|'.join(wanted)}"
            if before in self.unasked or situation.answers.get(before) not in wanted:
                self.unasked |= {name}
