"""How every form of the site looks and how its errors find their field."""

from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting


class BoundField(DjangoBoundField):
    """A field on a page: knows its first control, so that an error summary can link to it."""

    @property
    def first_control_id(self) -> str:
        """Name the id an error link jumps to; groups of choices have no id of their own."""
        if not self.auto_id:
            return ""
        return self.id_for_label or f"{self.auto_id}_0"

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
