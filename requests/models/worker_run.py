"""When each job of the worker last ran and runs next: its lease, and what people see."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# The job whose lateness editors are told of.
PUBLISHING = "publish what is scheduled"


class WorkerRun(models.Model):
    """The last run of one job, and from when on it may run again."""

    job = models.CharField(_("job"), max_length=60, unique=True)
    ran_at = models.DateTimeField(_("last ran"))
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    done = models.PositiveIntegerField(_("things done"), default=0)
    error = models.CharField(_("error"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("worker job")
        verbose_name_plural = _("worker jobs")
        ordering = ["job"]

    def __str__(self):
        return self.job
