"""One row per browser that is signed in, or that keeps something for who signs in next."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class BrowserSessionQuerySet(models.QuerySet):
    """Reads of sessions, and their end."""

    def alive_of(self, user):
        """Keep those in which a person is signed in now, the last seen first."""
        alive = self.filter(user=user, expire_date__gt=timezone.now())
        return alive.order_by("-seen_at", "session_key")

    def end(self) -> int:
        """Sign these browsers out at once; return how many there were."""
        return self.delete()[0]


class BrowserSession(AbstractBaseSession):
    """What a browser's cookie stands for; deleting the row signs that browser out.

    Beside the browser's own description nothing is kept of where it is: an address of the network
    says little to its owner and much to whoever reads over his shoulder.
    """

    # Nobody, while the browser only keeps what was typed (requests/views/unsaved.py).
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="browser_sessions",
        verbose_name=_("person"),
    )
    began_at = models.DateTimeField(_("signed in"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)
    browser = models.CharField(_("browser"), max_length=80, blank=True)

    wagtail_reference_index_ignore = True

    objects = BrowserSessionQuerySet.as_manager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @property
    def mark(self) -> str:
        """Return what names this session on a page; the key itself would open it."""
        return salted_hmac("isso.people.browser_session", self.session_key).hexdigest()[:20]
