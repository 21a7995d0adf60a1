"""The Personal & Program record and its change history."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The Personal & Program record and its change history."""

    name = "isso.requests.records"
    label = "records"
    verbose_name = "Records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Keep the log of what the rooms below report as read; count for the statistics."""
        from isso.home.census import register_census
        from isso.requests.notices.reads import register_read_log
        from isso.requests.people.personal_email import register_follower
        from isso.requests.people.sign_in_facts import register_records

        from .access import log_read, log_reads
        from .campus_end import follow_login
        from .census import census
        from .sign_in_standing import record_of_address

        register_read_log(log_read, log_reads)
        register_census(census)
        register_records(record_of_address)
        register_follower(follow_login)
