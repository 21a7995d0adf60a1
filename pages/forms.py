"""How every form of the site looks and how its errors find their field."""

from django import forms
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What Django says of every empty answer; in a summary of ten errors it would help nobody.
SAID_OF_ANY_FIELD = forms.Field.default_error_messages["required"]

LIMITS = {
    "max_length": gettext_lazy("%(question)s: write at most %(limit)s characters."),
    "min_value": gettext_lazy("%(question)s: enter %(limit)s or more."),
    "max_value": gettext_lazy("%(question)s: enter %(limit)s or less."),
}


class BoundField(DjangoBoundField):
    """A field on a page: knows its first control, so that an error summary can link to it."""

    @property
    def first_control_id(self) -> str:
        """Name the id an error link jumps to; groups of choices have no id of their own."""
        if not self.auto_id:
            return ""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def error_lines(self) -> list[str]:
        """Word each error so that it is understood away from its question, too."""
        return [self._in_own_words(error) for error in self.errors.as_data()]

    def _in_own_words(self, error):
        """Name question and limit where Django would speak of “this value”."""
        [sentence] = error.messages
        if sentence == SAID_OF_ANY_FIELD:
            return self._call_to_answer()
        if error.code in LIMITS and error.code not in self.field.error_messages:
            values = {"question": self.label, "limit": error.params["limit_value"]}
            return LIMITS[error.code] % values
        return sentence

    def _call_to_answer(self):
        if isinstance(self.field, forms.FileField):
            return _("Add a file: %(question)s") % {"question": self.label}
        if self.is_single_choice:
            return _("Check the box: %(question)s") % {"question": self.label}
        if isinstance(self.field, forms.ChoiceField):
            return _("Choose an answer: %(question)s") % {"question": self.label}
        return _("Fill in: %(question)s") % {"question": self.label}

    @property
    def is_single_choice(self) -> bool:
        """Tell whether this is one checkbox, whose label stands after the box."""
        return self.widget_type == "checkbox"

    @property
    def wants_optional_mark(self) -> bool:
        """Tell whether to write "(optional)": most questions are required, so those are plain."""
        return not (self.field.required or self.field.disabled or self.is_single_choice)


class FormRenderer(TemplatesSetting):
    """The project's form renderer: our field template, our bound field."""

    field_template_name = "forms/field.html"
    bound_field_class = BoundField
