"""Forms that ask only what earlier answers lead to, with or without a script.

The rule of ``definition.shown_fields`` is the truth. A script (isso.js) only follows it on the
page; what it cannot know stands there with a sentence that says when to answer it.
"""

from django.utils.html import escape
from django.utils.translation import gettext

from ..request_form import RequestForm
from ..type_forms.questionnaire import Questionnaire
from .definition import Definition, Field, shown_fields, shown_names


class SectionForm(RequestForm):
    """One section, or the office's part: it asks what the answers so far lead to."""

    definition: Definition
    asks: tuple[Field, ...]

    def set_limits(self, situation):
        """Leave out what hangs on another page; what hangs on this one a script may show."""
        shown = shown_names(self.definition, situation.answers)
        here = {}
        for field in self.asks:
            if field.name in shown or (field.show_if and field.show_if.name in here):
                here[field.name] = field
            else:
                for name in field.names:
                    del self.fields[name]
        self.unasked = follow_answers(self, here.values(), shown)


class Questions(Questionnaire):
    """What an approver is asked beside the one question of every questionnaire."""

    asks: tuple[Field, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.unasked = follow_answers(self, self.asks, shown_fields(self.asks, self._typed()))

    def _typed(self):
        if not self.is_bound:
            return self.initial
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def clean(self):
        """Take no answer to what is not asked, and find no fault with it."""
        cleaned = super().clean()
        for name in self.unasked:
            self.errors.pop(name, None)
            cleaned.pop(name, None)
        return cleaned


def follow_answers(form, asks, shown):
    """Let a script show what hangs on an answer in ``form``; return the names not asked now."""
    unasked, earlier = set(), {}
    for field in asks:
        controlling = field.show_if and earlier.get(field.show_if.name)
        if controlling:
            _let_a_script_show(form, field, controlling)
        if field.name not in shown:
            unasked |= set(field.names)
            for name in field.names:
                form.fields[name].required = False
                # Without a script it stands there, too, and says when to answer it.
                sentence = escape(when_asked(field.show_if, controlling.label))
                help_text = f"{sentence} {form.fields[name].help_text}".strip()
                form.fields[name].help_text = help_text
        earlier[field.name] = field
    return frozenset(unasked)


def _let_a_script_show(form, field, controlling):
    answers = field.show_if.answers or controlling.options
    if not answers or any(sign in each for each in answers for sign in "=|"):
        return
    wanted = f"{form.add_prefix(controlling.name)}={'|'.join(answers)}"
    for name in field.names:
        form.fields[name].widget.attrs["data-show-if"] = wanted


def when_asked(show_if, question):
    """Return in a sentence after which answers to ``question`` something is asked."""
    words = {
        "question": question,
        "answers": gettext(" or ").join(f"“{each}”" for each in show_if.answers),
    }
    if not show_if.answers:
        return gettext("Only if “%(question)s” is answered.") % words
    return gettext("Only if “%(question)s” is answered with %(answers)s.") % words
