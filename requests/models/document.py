"""Files of a person: what the student uploaded and what the office released."""

import uuid

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actor import Actor
from .request_scopes import member_of, of_departments

SHOWN_KINDS = frozenset({"application/pdf", "image/jpeg", "image/png"})


def private_storage():
    """Return the storage no web server serves; named so that migrations stay free of settings."""
    return storages["private"]


def random_path(document, filename):
    """Return a path that tells nothing about the person or the file."""
    name = uuid.uuid4().hex
    return f"documents/{name[:2]}/{name}.{document.extension}"


def of_the_person():
    """Return the condition that a file is for the eyes of the person of its record.

    What a department uploaded for its own request is not.
    """
    by_department = Q(student_request__isnull=False) & ~Q(student_request__department="")
    own = [Document.Origin.STUDENT, Document.Origin.MESSAGE]
    return Q(Q(origin__in=own) & ~by_department) | Q(
        origin=Document.Origin.OFFICE, released_at__isnull=False
    )


class DocumentQuerySet(models.QuerySet):
    """The only way from an id in an address to a file."""

    def visible_to(self, user):
        """Return the files this user may open."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        others = Q(student__user__isnull=True) | ~Q(student__user=user)
        own = Q(of_the_person(), student__user=user, removed_at__isnull=True)
        if theirs := of_departments(user, "student_request__"):
            # What the office releases is its scholar's, never the department's.
            sent = [Document.Origin.STUDENT, Document.Origin.MESSAGE]
            own |= theirs & Q(origin__in=sent, removed_at__isnull=True) & others
        if Actor.for_user(user).is_staff:
            # A draft's files are the student's alone until he sends them, and nobody of the
            # office sees more of one's own than a student does.
            sent = Q(student_request__isnull=True) | Q(student_request__submitted_at__isnull=False)
            if mine := member_of(user, "student_request__"):
                sent &= Q(student_request__isnull=True) | ~mine
            return self.filter(own | (sent & others))
        return self.filter(own)

    def keep(self, checked, **fields):
        """Store a checked file; ``origin`` and ``released_at`` decide who may open it."""
        document = self.model(
            original_name=checked.original_name,
            content_type=checked.content_type,
            extension=checked.extension,
            size=checked.size,
            sha256=checked.sha256,
            scan=Document.Scan.WAITING if settings.CLAMD_SOCKET else Document.Scan.NOT_SCANNED,
            **fields,
        )
        document.file.save(checked.original_name, checked.content, save=False)
        document.save()
        return document

    def of_request(self, student_request):
        """Return what came with a request or was filed with it, the oldest first."""
        belongs = Q(student_request=student_request) | Q(filed_with=student_request)
        return self.filter(belongs).order_by("added_at")

    def released(self):
        """Return what the office has released to the student."""
        return self.filter(
            origin=Document.Origin.OFFICE, released_at__isnull=False, removed_at__isnull=True
        ).exclude(scan=Document.Scan.INFECTED)

    def with_letters(self):
        """Note at each, in the same query, whether it is a letter that was taken back."""
        letters = apps.get_model("requests", "IssuedLetter").objects
        revoked = letters.filter(document=OuterRef("pk"), revoked_at__isnull=False)
        return self.annotate(is_taken_back=Exists(revoked))

    def inbox(self):
        """Return what students sent without a request and nobody has dealt with."""
        return self.uploaded().filter(student_request__isnull=True, settled_at__isnull=True)

    def uploaded(self):
        """Return what the student has uploaded and not taken away again."""
        return self.filter(origin=Document.Origin.STUDENT, removed_at__isnull=True)

    def filling(self):
        """Return the uploads that count: one with a virus leaves its place empty."""
        return self.uploaded().exclude(scan=Document.Scan.INFECTED)


class Document(models.Model):
    """One file in private storage, with a random name, opened through a view only."""

    class Origin(models.TextChoices):
        """Who made it."""

        STUDENT = "student", _("Uploaded by the student")
        OFFICE = "office", _("From the office")
        # Of either side; it fills no slot, and stands in its thread alone.
        MESSAGE = "message", _("Sent with a message")

    class Kind(models.TextChoices):
        """What it is, where nobody asked for it in a request."""

        I20 = "i20", _("I-20")
        DS2019 = "ds2019", _("DS-2019")
        LETTER = "letter", _("Letter")
        RECEIPT = "receipt", _("USCIS receipt notice (I-797)")
        EAD = "ead", _("Employment card (EAD), both sides")
        PASSPORT = "passport", _("Passport, page with your photo")
        VISA = "visa", _("Visa page")
        I94 = "i94", _("I-94 print-out")
        INSURANCE = "insurance", _("Health insurance proof")
        OTHER = "other", _("Something else")

    class Scan(models.TextChoices):
        """What the virus scanner says."""

        NOT_SCANNED = "none", _("Not scanned")
        WAITING = "waiting", _("Being checked")
        CLEAN = "clean", _("Clean")
        INFECTED = "infected", _("Refused: it may hold a virus")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    student = models.ForeignKey("records.StudentRecord", models.PROTECT, related_name="documents")
    student_request = models.ForeignKey(
        "requests.StudentRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
    )
    message = models.ForeignKey(
        "requests.Message", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    origin = models.CharField(max_length=10, choices=Origin.choices)
    slot = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, blank=True, default="", db_default=""
    )
    # The day printed on it, say of a receipt notice.
    dated_on = models.DateField(_("date on it"), null=True, blank=True)
    issued_form = models.ForeignKey(
        "records.IssuedForm", models.PROTECT, null=True, blank=True, related_name="documents"
    )
    note = models.CharField(_("note"), max_length=250, blank=True, default="", db_default="")
    file = models.FileField(storage=private_storage, upload_to=random_path, max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    extension = models.CharField(max_length=8)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    seen_at = models.DateTimeField(_("opened by the student"), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # For what was sent without a request: when an advisor has dealt with it, and who.
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Whose turn that is, what the student reads about it, and the request it belongs to, if any.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("advisor"),
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True, default="", db_default="")
    filed_with = models.ForeignKey(
        "requests.StudentRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="filed_documents",
        verbose_name=_("belongs to"),
    )
    scan = models.CharField(
        _("virus scan"),
        max_length=8,
        choices=Scan.choices,
        default=Scan.NOT_SCANNED,
        db_default=Scan.NOT_SCANNED,
    )

    objects = DocumentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at"]
        indexes = [
            models.Index(fields=["student", "-released_at"], name="document_by_student"),
            models.Index(
                fields=["added_at"],
                condition=Q(
                    student_request__isnull=True,
                    origin="student",
                    settled_at__isnull=True,
                    removed_at__isnull=True,
                ),
                name="document_inbox",
            ),
            models.Index(fields=["added_at"], condition=Q(scan="waiting"), name="document_to_scan"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address that checks who asks before it answers."""
        return reverse("portal_document", args=[self.pk])

    @property
    def may_be_opened(self):
        """Tell whether the virus scanner has nothing against handing it out."""
        return self.scan in (self.Scan.NOT_SCANNED, self.Scan.CLEAN)

    @property
    def may_be_shown(self):
        """Tell whether a page may show it: kept still, no virus, and of a kind browsers show."""
        return bool(self.file) and self.may_be_opened and self.content_type in SHOWN_KINDS

    @property
    def is_picture(self):
        """Tell whether it is shown as a picture."""
        return self.content_type.startswith("image/")

    @property
    def is_infected(self):
        """Tell whether the virus scanner refused it."""
        return self.scan == self.Scan.INFECTED

    @property
    def scan_shown(self):
        """Return why nobody can open it, or ""."""
        return "" if self.may_be_opened else self.get_scan_display()

    @property
    def waits_in_inbox(self):
        """Tell whether it came without a request and nobody has dealt with it."""
        came_alone = self.origin == self.Origin.STUDENT and self.student_request_id is None
        return came_alone and self.settled_at is None and self.removed_at is None

    @property
    def name_shown(self):
        """The office's title for what it released, the student's own file name for the rest."""
        return self.title if self.origin == self.Origin.OFFICE else self.original_name
