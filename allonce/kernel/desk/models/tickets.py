"""A ticket, what was said on it, its files, and the time that it took."""

from typing import ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedTextField, Scope, SealedModel
from allonce.kernel.vault.files import FileRef

STARS = range(1, 6)


class Ticket(SealedModel):
    """One matter of one sender, sealed with a key of its own: the sender may have no account here.

    `awaits_since` is when the oldest word of the sender came that nobody answered; `answer_due_at` is when the
    answer falls due, counted in the desk's hours. Both are empty while it is the sender's turn.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        INCIDENT = "incident", _("Incident")
        DISPUTE = "dispute", _("Dispute")

    class Channel(models.TextChoices):
        MAIL = "mail", _("Email")
        FORM = "form", _("Form")
        PORTAL = "portal", _("Portal")
        PHONE = "phone", _("Telephone")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        WAITING = "waiting", _("Waits for the sender")
        SOLVED = "solved", _("Solved")
        CLOSED = "closed", _("Closed")

    class Priority(models.TextChoices):
        URGENT = "urgent", _("Urgent")
        HIGH = "high", _("High")
        NORMAL = "normal", _("Normal")
        LOW = "low", _("Low")

    vault_scope = "person:id"

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.QUESTION)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    subject = EncryptedTextField()
    name = EncryptedTextField()
    email = EncryptedTextField()
    email_index = BlindIndexField(source="email", shared="address", db_index=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="tickets")
    handler_id = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    awaits_since = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # When it was last reported, and since when it could not be reproduced: for an incident.
    reported_at = models.DateTimeField(default=now)
    not_reproduced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    # Counts changes, so that two who answer at once do not answer past each other.
    revision = models.PositiveIntegerField(default=0)
    stars = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(STARS[0]), MaxValueValidator(STARS[-1])]
    )
    stars_words = EncryptedTextField(default="")

    objects: ClassVar[models.Manager["Ticket"]] = models.Manager()

    class Meta:
        indexes = (models.Index(fields=["state", "answer_due_at"]), models.Index(fields=["state", "-changed_at"]))
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(awaits_since=None, answer_due_at=None)
                | models.Q(awaits_since__isnull=False, answer_due_at__isnull=False),
                name="a_ticket_that_waits_falls_due",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) | ~models.Q(state="closed"),
                name="closed_tickets_say_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people call it: T-1042; for a dispute it is the case number."""
        return f"T-{self.number}"

    @property
    def scope(self) -> Scope:
        """The key that everything of this ticket is sealed with."""
        return Scope("person", self.id)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_late(self) -> bool:
        """Whether an answer was due before now."""
        return self.answer_due_at is not None and self.answer_due_at < now()


class Line(SealedModel):
    """Something said or done on a ticket, only ever added. A note is for staff alone."""

    class Kind(models.TextChoices):
        WORD = "word", _("The sender wrote")
        ANSWER = "answer", _("Answered")
        NOTE = "note", _("Note for staff")
        EVENT = "event", _("Changed")

    vault_scope = "person:ticket_id"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    event = models.CharField(max_length=24, blank=True, default="")
    at = models.DateTimeField(default=now)
    # The order of what happened in one moment.
    place = models.PositiveIntegerField(default=0)
    by_kind = models.CharField(max_length=8)
    by_id = models.UUIDField(null=True, blank=True)
    words = EncryptedTextField(default="")
    # All that the mail said, quoted earlier mails included, where `words` are what was new.
    whole = EncryptedTextField(default="")
    # The mail's own Message-ID: its keyed hash finds the ticket of an answer, the id itself threads ours below it.
    mail_id = EncryptedTextField(default="")
    mail_key = models.CharField(max_length=64, blank=True, default="", db_index=True)
    # What the receiving server found of the sender's proof: "dkim=pass spf=pass".
    proof = models.CharField(max_length=80, blank=True, default="")
    # Written by somebody else than the ticket's sender, and put here by staff: for their eyes alone.
    by_stranger = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["ticket", "at", "place"]),)

    @property
    def is_public(self) -> bool:
        """Whether the sender may see it."""
        return self.kind in (self.Kind.WORD, self.Kind.ANSWER)


class File(SealedModel):
    """A file of a line; its content lies in the vault under the ticket's key."""

    vault_scope = "person:ticket_id"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="files")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="files")
    name = EncryptedTextField()
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    # A picture that stands within the mail's words.
    inline = models.BooleanField(default=False)

    @property
    def ref(self) -> FileRef:
        """Where its content lies."""
        return FileRef(Scope("person", self.ticket_id), self.id, "content")


class TimeEntry(models.Model):
    """Minutes that somebody of the staff spent on a ticket."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="time")
    staff_id = models.UUIDField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1440)])
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=1440), name="time_of_a_day_at_most"),
        ]
