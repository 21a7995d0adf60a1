"""Who has read which thread: the marks go away with what was shown, never with what came since."""

from .perform import NotAllowed
from .permissions import advisor, owner


def is_looked_at(request):
    """Tell whether a person looks at the page: no HEAD, and nothing a browser fetches ahead."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in purpose


def note_read_by_office(thread, actor):
    """Note that somebody of the office has read a thread as it was read from the database."""
    if thread.unread_since is not None and advisor(thread, actor):
        _as_shown(thread).update(unread_since=None)


def note_read_by_student(thread, actor):
    """Note that the student's side has read a thread as it was read from the database."""
    if thread.new_for_student_since is not None and owner(thread, actor):
        _as_shown(thread).update(new_for_student_since=None)


def note_no_answer_needed(thread, actor, seen):
    """Take a thread off the list of those that wait, as of the message ``seen``; tell whether so.

    Raises NotAllowed for anybody but the office.
    """
    if not advisor(thread, actor):
        raise NotAllowed
    newest = thread.messages.order_by("pk").last()
    if newest is None or newest.pk != seen:
        return False
    return bool(_as_shown(thread).update(unread_since=None, unanswered_since=None))


def is_new_to_student(thread, message):
    """Tell whether the student's side sees a message for the first time."""
    since = thread.new_for_student_since
    return since is not None and message.from_office and message.sent_at >= since


def new_threads(record, own):
    """Return in how many threads something new waits for a person who asked for ``own``."""
    general = getattr(record, "general_thread", None)
    threads = [*own, general] if general else own
    return len([each for each in threads if each.new_for_student_since is not None])


def _as_shown(thread):
    # Whatever came since has moved the moment of the last message.
    return type(thread).objects.filter(pk=thread.pk, last_message_at=thread.last_message_at)
