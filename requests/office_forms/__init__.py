"""Request types that a supervisor builds in the admin: what one says, checks, and becomes.

Like types/ this room knows no model, no view and no mail.
"""
