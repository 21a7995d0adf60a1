"""Django's sessions in the database, with whose they are and when they end.

A session ends a while after its person was last seen (``SESSION_IDLE``) and in any case some hours
after he signed in (``SESSION_LONGEST``). Both are compared whenever a session is read, so that an
ended one opens nothing anywhere, whatever the cookie says (OWASP ASVS 5.0, 7.3.1 and 7.3.2).
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

BROWSER = "browser"
# Being seen is written down once a minute, and not by every picture of a page.
WRITTEN_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """A session that knows since when its person is signed in, and was last seen."""

    # The primary key of who is signed in, as text: the way Django keeps it in the session.
    holder = began_at = seen_at = None

    @classmethod
    def get_model_class(cls):
        """Keep sessions in our table."""
        from .models import BrowserSession  # noqa: PLC0415 (Django reads stores before the apps)

        return BrowserSession

    @property
    def ends_at(self):
        """Return the moment at which the session ends, or None where nobody is signed in."""
        if self.began_at is None:
            return None
        return min(self.seen_at + settings.SESSION_IDLE, self.ends_at_the_latest)

    @property
    def ends_at_the_latest(self):
        """Return the moment that no activity moves."""
        return self.began_at + settings.SESSION_LONGEST

    @property
    def seconds_left(self):
        """Return the whole seconds until the session ends, zero where nobody is signed in."""
        return max(0, int((self.ends_at - timezone.now()).total_seconds())) if self.ends_at else 0

    def get_expiry_date(self, **kwargs):
        """Return when the row may be cleared away."""
        return self.ends_at or super().get_expiry_date(**kwargs)

    def create_model_instance(self, data):
        """Return the row of these data; who signs in begins anew, who goes on was seen now."""
        now, holder = timezone.now(), data.get(SESSION_KEY)
        if holder != self.holder:
            self.holder, self.began_at = holder, now if holder else None
        self.seen_at = now if holder else None
        row = super().create_model_instance(data)
        row.user_id = holder and int(holder)
        row.began_at, row.seen_at = self.began_at, self.seen_at
        row.browser = data.get(BROWSER, "") if holder else ""
        return row

    def see(self):
        """Note that the person is there, which moves the end.

        Only these two columns are written: a page must not write over what another one has put
        into the session meanwhile, nor bring back one that has been ended.
        """
        now = timezone.now()
        if self.began_at is None or now - self.seen_at < WRITTEN_EVERY:
            return
        self.seen_at = now
        mine = self.model.objects.filter(session_key=self.session_key)
        mine.update(seen_at=now, expire_date=self.ends_at)

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        if row is None or row.user_id is None:
            return row
        self.holder, self.began_at, self.seen_at = str(row.user_id), row.began_at, row.seen_at
        if self.ends_at <= timezone.now():
            self.holder = self.began_at = self.seen_at = self._session_key = None
            return None
        return row
