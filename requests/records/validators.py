"""What a value of the record must look like, in one sentence each (domain/records.md)."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

sevis_id = RegexValidator(
    r"^N\d{10}\Z", _("A SEVIS ID is the letter N and ten digits, for example N0012345678.")
)
zip_code = RegexValidator(r"^\d{5}\Z", _("A ZIP code has five digits."))
us_state = RegexValidator(r"^[A-Z]{2}\Z", _("Write the state with two capital letters, like MA."))
us_phone = RegexValidator(r"^\d{10}\Z", _("A US phone number has ten digits; write only digits."))
cip_code = RegexValidator(
    r"^\d{2}\.\d{4}\Z", _("A CIP code has two digits, a period and four digits, like 11.0701.")
)
i94_number = RegexValidator(
    r"^(\d{9}[A-Z0-9]\d|\d{11})\Z",
    _("An I-94 number has eleven characters: digits, and sometimes a letter in the tenth place."),
)
no_digits = RegexValidator(r"\d", _("A name has no digits."), inverse_match=True)
port_of_entry = RegexValidator(r"^[A-Z]{3}\Z", _("A port of entry has three capital letters."))
school_code = RegexValidator(
    r"^([A-Z]{3}214F\d{8}|P-[1-4]-\d{5}|G-[1-7]-\d{5})\Z",
    _("A school code looks like BOS214F12345000, a program number like P-1-12345."),
)
position_code = RegexValidator(r"^\d{3}\Z", _("A position code has three digits."))
ein = RegexValidator(r"^\d{9}\Z", _("An EIN has nine digits; write only digits."))
receipt_number = RegexValidator(
    r"^[A-Z]{3}\d{10}\Z", _("A receipt number has three letters and ten digits: IOE1234567890.")
)
