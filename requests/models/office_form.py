"""Request types that a supervisor builds: the form being edited, and every version published."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from isso.home.naming import office_at_hand
from isso.pages.block_field import BlockField

from ..form_fields import ONE_LINE
from ..office_forms.blocks import (
    CONDITION_BLOCKS,
    DOCUMENT_BLOCKS,
    QUESTION_BLOCKS,
    SECTION_BLOCKS,
)
from ..office_forms.building import PREFIX
from ..office_forms.definition import from_plain
from ..office_forms.previewing import preview_of
from ..office_forms.problems import problems
from ..office_forms.reading import definition_of, errors_of
from ..office_forms.sample_students import sample_students
from .policy import PolicyInForce

# The name under which the office at hand carries what was published when it was read.
STAMP = "office_forms_stamp"
ONE_ON_EACH_LINE = _("One on each line.")
KEY = RegexValidator(r"^[a-z][a-z0-9-]*\Z", _("Use small letters, digits and - only."))


class OfficeForm(DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """A plain request type as a supervisor edits it; publishing it makes a new version.

    Live means that it may be started; unpublishing withdraws it, and its requests go on.
    """

    # It stands in subjects of mails.
    title = models.CharField(
        _("title"),
        max_length=120,
        validators=[ONE_LINE],
        help_text=_("What students ask for, such as Waiver of a late fee."),
    )
    key = models.SlugField(
        _("address"),
        max_length=34,
        unique=True,
        validators=[KEY],
        help_text=_("Stands in the address of the request. It stays for ever once published."),
    )
    summary = models.CharField(
        _("summary"), max_length=200, help_text=_("One sentence for the tile and “All forms”.")
    )
    explanation = models.TextField(
        _("explanation"),
        max_length=2000,
        blank=True,
        help_text=_("What students should know before they start. It needs no guide page."),
    )
    sections = BlockField(
        SECTION_BLOCKS,
        verbose_name=_("sections"),
        blank=True,
        help_text=_("The pages of the form. Students answer them one after the other."),
    )
    documents = BlockField(
        DOCUMENT_BLOCKS,
        verbose_name=_("documents"),
        blank=True,
        help_text=_("Files that are asked for on a page of their own, after the sections."),
    )
    conditions = BlockField(
        CONDITION_BLOCKS,
        verbose_name=_("who may ask"),
        blank=True,
        help_text=_("Everybody may, where nothing is chosen. Students read the reason."),
    )
    asks_approver = models.BooleanField(
        _("an academic/program advisor approves first"),
        default=False,
        help_text=_("Students name the person, who gets a link by e-mail and needs no account."),
    )
    questions = BlockField(
        QUESTION_BLOCKS,
        verbose_name=_("questions for the approver"),
        blank=True,
        help_text=_("What the approver answers before deciding. You read the answers."),
    )
    attestations = models.TextField(
        _("what students confirm"), max_length=2000, blank=True, help_text=ONE_ON_EACH_LINE
    )
    stock_reasons = models.TextField(
        _("usual reasons to refuse"), max_length=2000, blank=True, help_text=ONE_ON_EACH_LINE
    )
    releases = models.CharField(
        _("what students receive"),
        max_length=120,
        validators=[ONE_LINE],
        blank=True,
        help_text=_("A document, such as “Bank letter”. Empty means nothing to download."),
    )
    target_days = models.PositiveSmallIntegerField(
        _("target"), default=5, help_text=_("Business days from Submitted to done.")
    )
    topic = models.CharField(
        _("topic"),
        max_length=60,
        blank=True,
        help_text=_("“All forms” gathers by it, such as Money or Travel."),
    )
    audience = models.CharField(
        _("for whom"),
        max_length=60,
        blank=True,
        help_text=_("Stands beside the form in “All forms”, such as F-1 students."),
    )
    also_called = models.TextField(
        _("other names"),
        max_length=400,
        blank=True,
        help_text=_("Words people search for, one on each line."),
    )
    citation = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("The rule it rests on, if any.")
    )
    # Grows with everything that changes what may be started (published_forms.py). Steps are
    # random, so that no two histories ever come to the same sum.
    turn = models.BigIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("office form")
        verbose_name_plural = _("office forms")
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def type_key(self):
        """The key of the request type; no type of the folder can have it."""
        return f"{PREFIX}{self.key}"

    def clean(self):
        """Refuse what is broken, each problem at its field, and another address once published."""
        super().clean()
        errors = errors_of(problems(definition_of(self)))
        published = self.versions.first() if self.pk else None
        if published and published.key != self.type_key:
            errors["key"] = _("Requests were made with “%(key)s”. Keep this address.") % {
                "key": published.key.removeprefix(PREFIX)
            }
        if errors:
            raise ValidationError(errors)

    def with_content_json(self, content):
        """Return an earlier edit; what may be started is no part of it."""
        form = super().with_content_json(content)
        form.turn = self.turn
        return form

    @property
    def preview_modes(self):
        """The students of the demonstration, as one can look at it."""
        samples = sample_students(timezone.localdate())
        return [(key, each.label) for key, each in samples.items()]

    def get_preview_template(self, request, mode_name):
        """Return the template that shows every page at once."""
        return "desk/office_form_preview.html"

    def get_preview_context(self, request, mode_name):
        """Return the form as it meets the student chosen."""
        today, definition = timezone.localdate(), definition_of(self)
        policy = PolicyInForce(True, "", definition.target_days)
        sample = sample_students(today)[mode_name]
        return preview_of(self.type_key, definition, sample, today, policy)

    def publish(self, revision, user=None, **options):
        """Publish an edit, by whatever way: what is live then is the newest version."""
        with transaction.atomic():
            OfficeForm.objects.select_for_update().get(pk=self.pk)
            super().publish(revision, user=user, **options)
            now = OfficeForm.objects.get(pk=self.pk)
            if now.live and now.live_revision_id == revision.pk:
                OfficeFormVersion.objects.keep(now, user)
            _begin_next_turn(now)

    def unpublish(self, **options):
        """Withdraw the form: nobody starts it any more, and its requests go on."""
        with transaction.atomic():
            OfficeForm.objects.select_for_update().get(pk=self.pk)
            # Withdrawing saves the whole row: what a colleague has just published stays in it.
            self.refresh_from_db()
            super().unpublish(**options)
            _begin_next_turn(self)


def _begin_next_turn(form):
    step = secrets.randbelow(2**32) + 1
    OfficeForm.objects.filter(pk=form.pk).update(turn=F("turn") + step)
    if office := office_at_hand.get():
        # What the rest of this request or job looks at is as it is now.
        vars(office).pop(STAMP, None)


class OfficeFormVersionQuerySet(models.QuerySet):
    """Keeping versions; nothing ever changes or leaves."""

    def keep(self, form, user):
        """Return the version of what is live now: a new one, unless nothing has changed.

        Raises ValidationError for a broken form, whichever way it came here.
        """
        definition = definition_of(form)
        if found := problems(definition):
            raise ValidationError([each.sentence for each in found])
        newest = self.filter(form=form).first()
        if newest and newest.key == form.type_key and newest.definition == definition:
            return newest
        number = self.filter(form=form).aggregate(last=Max("number"))["last"] or 0
        return self.create(
            form=form,
            key=form.type_key,
            number=number + 1,
            content=definition.as_plain(),
            published_by=user,
        )


class OfficeFormVersion(models.Model):
    """One published definition; requests made with it are read by it for ever."""

    form = models.ForeignKey(OfficeForm, models.PROTECT, related_name="versions")
    key = models.CharField(_("type"), max_length=40)
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfficeFormVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of an office form")
        verbose_name_plural = _("versions of office forms")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="one_office_form_version")
        ]

    def __str__(self):
        return f"{self.key} {self.number}"

    @property
    def definition(self):
        """What was published."""
        return from_plain(self.content)
