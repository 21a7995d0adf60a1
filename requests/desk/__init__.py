"""The advisors in the Wagtail admin: queue, case page, registers."""
