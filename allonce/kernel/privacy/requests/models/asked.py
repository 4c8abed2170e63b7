"""What somebody asked for, what happened since, and when its clock stood."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now, today
from allonce.kernel.privacy.requests import deadline
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, Scope, SealedModel


class Right(models.TextChoices):
    """What people may ask for."""

    ACCESS = "access", _("See what you hold about me")
    RECTIFICATION = "rectification", _("Correct something")
    ERASURE = "erasure", _("Erase my data")
    RESTRICTION = "restriction", _("Keep my data but do not use it")
    PORTABILITY = "portability", _("Take my data elsewhere")
    OBJECTION = "objection", _("Object to a use of my data")
    WITHDRAWAL = "withdrawal", _("Withdraw a consent")
    COMPLAINT = "complaint", _("Complain about how you handle my data")


# An answer to these holds nothing about anybody, so they need not wait until the sender is proved.
WITHOUT_IDENTITY = frozenset({Right.OBJECTION, Right.WITHDRAWAL, Right.COMPLAINT})


class RightsRequest(SealedModel):
    """One request, sealed with a key of its own: its sender may have no account, and it can be destroyed alone."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Closed without an answer")

    class Identity(models.TextChoices):
        UNPROVED = "unproved", _("Not proved yet")
        SIGNED_IN = "signed_in", _("Was signed in")
        MAILBOX = "mailbox", _("Controls the mailbox")
        DOUBTED = "doubted", _("Doubted, document asked for")
        DOCUMENT = "document", _("Proved by a document")
        REFUSED = "refused", _("Document did not prove it")

    class Channel(models.TextChoices):
        FORM = "form", _("Form")
        PHONE = "phone", _("Telephone")
        EMAIL = "email", _("Email")
        POST = "post", _("Post")

    class Deed(models.TextChoices):
        NOTHING = "nothing", _("Nothing beside the answer")
        EXPORT = "export", _("Let them download their data")
        RESTRICT = "restrict", _("Restrict the use of their data")
        ERASE = "erase", _("Erase their data for good")

    vault_scope = "person:id"

    reference = models.CharField(max_length=12, unique=True)
    right = models.CharField(max_length=16, choices=Right.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.FORM)
    name = EncryptedTextField()
    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", shared="address", db_index=True)
    words = EncryptedTextField()
    about = EncryptedTextField(default="")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="rights_requests")
    received_on = models.DateField()
    created_at = models.DateTimeField(default=now, editable=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    identity = models.CharField(max_length=10, choices=Identity.choices, default=Identity.UNPROVED)
    handler_id = models.UUIDField(null=True, blank=True)
    extra_months = models.PositiveSmallIntegerField(default=0)
    fee_pence = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    deed = models.CharField(max_length=8, choices=Deed.choices, default=Deed.NOTHING)
    deed_done_at = models.DateTimeField(null=True, blank=True)
    download_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "received_on"]),)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email_index", "right"], condition=models.Q(state="open"), name="one_open_request_per_right"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_by=None) | models.Q(closed_by__isnull=False),
                name="requests_are_closed_by_somebody",
            ),
            models.CheckConstraint(condition=models.Q(extra_months__lte=2), name="request_extended_two_months_at_most"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope(self) -> Scope:
        """The key that everything of this request is sealed with, its letters included."""
        return Scope("person", self.id)

    @property
    def spans(self) -> list[deadline.Span]:
        """When the clock stood; prefetch `pauses` for many rows."""
        return [deadline.Span(pause.start, pause.end) for pause in self.pauses.all()]

    @property
    def due_on(self) -> date:
        """The last day for an answer, as it stands today, or as it stood when the request was closed."""
        return self.due_with(self.extra_months)

    def due_with(self, extra_months: int) -> date:
        """The last day for an answer if it were extended by so many months."""
        until = self.closed_at.date() if self.closed_at else today()
        return deadline.due_on(self.received_on, self.spans, today=until, extra_months=extra_months)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands now."""
        return self.is_open and any(span.end is None for span in self.spans)

    @property
    def is_late(self) -> bool:
        """Open beyond its last day. Lateness never closes a request."""
        return self.is_open and today() > self.due_on

    @property
    def is_proved(self) -> bool:
        return self.identity in PROVED


PROVED = frozenset({RightsRequest.Identity.SIGNED_IN, RightsRequest.Identity.MAILBOX, RightsRequest.Identity.DOCUMENT})


class Step(SealedModel):
    """Something that happened to a request, with the words or the reason. Only ever added."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        REPEATED = "repeated", _("Asked again")
        TAKEN = "taken", _("Taken by somebody")
        PROVED = "proved", _("Identity proved")
        DOUBTED = "doubted", _("Identity doubted")
        UPLOADED = "uploaded", _("Document uploaded")
        OPENED = "opened", _("Document opened")
        REJECTED = "rejected", _("Document did not prove it")
        DESTROYED = "destroyed", _("Document destroyed")
        ASKED_BACK = "asked_back", _("Clarification asked for")
        CLARIFIED = "clarified", _("Clarified")
        EXTENDED = "extended", _("Extended")
        FEE = "fee", _("Fee asked for")
        PAID = "paid", _("Fee paid")
        PASSED_ON = "passed_on", _("Passed on to the account that decides")
        REFERRED_ANSWER = "referred_answer", _("The account noted its answer")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Closed without an answer")
        DONE = "done", _("Carried out")

    vault_scope = "person:request_id"

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField(default=now)
    by_kind = models.CharField(max_length=8)
    by_id = models.UUIDField(null=True, blank=True)
    words = EncryptedTextField(default="")

    class Meta:
        indexes = (models.Index(fields=["request", "at"]),)


class Pause(models.Model):
    """Days on which the clock stands because the sender's word is awaited."""

    class Why(models.TextChoices):
        IDENTITY = "identity", _("Waits for proof of identity")
        CLARIFICATION = "clarification", _("Waits for clarification")
        FEE = "fee", _("Waits for the fee")

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="pauses")
    why = models.CharField(max_length=16, choices=Why.choices)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("start", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "why"], condition=models.Q(end=None), name="one_open_pause_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(end=None) | models.Q(end__gte=models.F("start")), name="pauses_end_after_they_start"
            ),
        ]


class Reminder(models.Model):
    """Staff were told once that this request falls due on this day in so many days."""

    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="reminders")
    days_before = models.SmallIntegerField()
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "days_before", "due_on"], name="one_reminder_of_a_kind"),
        ]


class IdentityDocument(models.Model):
    """A copy of a document, asked for on a recorded doubt. The file lies in the vault under a key of its own."""

    class Gone(models.TextChoices):
        ACCEPTED = "accepted", _("after it proved the identity")
        REJECTED = "rejected", _("after it did not prove the identity")
        EXPIRED = "expired", _("because its time was over")
        REPLACED = "replaced", _("because another copy came")
        CLOSED = "closed", _("because the request was closed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="documents")
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    decided = models.CharField(max_length=8, choices=Gone.choices, blank=True, default="")
    destroyed_at = models.DateTimeField(null=True, blank=True)

    @property
    def scope(self) -> Scope:
        """The key of this one copy: destroying it destroys the copy, wherever it was backed up to."""
        return Scope("person", self.id)
