"""Registers this room with Wagtail's admin."""

from wagtail_modeladmin.options import modeladmin_register

from .registers import RecordRegisters

modeladmin_register(RecordRegisters)
