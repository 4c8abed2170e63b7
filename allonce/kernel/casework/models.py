"""Cases: what was noticed, who decided what about whom, and its end. Words are sealed to whom they concern."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, SealedModel


class Case(models.Model):
    """Codes, dates and ids only, so that the queue opens nothing personal. About one person or one account."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        WAITING = "waiting", _("Waits for a colleague")
        DECIDED = "decided", _("Decided")
        APPEALED = "appealed", _("Appealed")
        CLOSED = "closed", _("Closed")

    class Opener(models.TextChoices):
        DETECTOR = "detector", _("A detector")
        STAFF = "staff", _("Staff")
        PERSON = "person", _("Somebody signed in")
        ANYBODY = "anybody", _("Somebody not signed in")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    target = models.CharField(max_length=120, blank=True)
    opened_by = models.CharField(max_length=8, choices=Opener.choices)
    detector = models.CharField(max_length=60, blank=True)
    opener = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=now, editable=False)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    # Counts every change, so that nobody decides on what they have not read.
    revision = models.PositiveIntegerField(default=1)
    assigned = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    held = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)
    # From here its retention counts; empty while it is held or an appeal waits.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"]), models.Index(fields=["kind", "target"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, account__isnull=False) | models.Q(person__isnull=False, account=None),
                name="case_about_a_person_or_an_account",
            ),
        ]


class Decision(models.Model):
    """One decision in a case. It takes effect when it is in force, and no longer once it is reversed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECLINED = "declined", _("Not confirmed")
        IN_FORCE = "in_force", _("In force")
        REVERSED = "reversed", _("Reversed on appeal")

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    action = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=now, editable=False)
    confirmed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateField(null=True, blank=True)


class Appeal(models.Model):
    """One appeal against a decision; a second person decides it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision was reversed")
        DISMISSED = "dismissed", _("The decision stands")

    id = models.BigAutoField(primary_key=True)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    filed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    filed_at = models.DateTimeField(default=now, editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)


class CaseOpening(models.Model):
    """While it lasts, its member of staff may read the case. Its reason stands where the person concerned reads it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="openings")
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    audit_look_id = models.UUIDField()
    started_at = models.DateTimeField(default=now, editable=False)
    until = models.DateTimeField()


class CaseText(SealedModel):
    """Words of a case: what was found, notes, reasons, statements and appeals. `words` has a shape for each role."""

    class Role(models.TextChoices):
        EVIDENCE = "evidence", _("What was noticed")
        NOTE = "note", _("Note")
        REASON = "reason", _("Reason")
        STATEMENT = "statement", _("Statement of reasons")
        APPEAL = "appeal", _("Appeal")
        OUTCOME = "outcome", _("Outcome of the appeal")

    role = models.CharField(max_length=9, choices=Role.choices)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    words = EncryptedJSONField()

    class Meta:
        abstract = True


class PersonCaseText(CaseText):
    """Words of a case about a person, sealed with that person's key."""

    vault_scope = "person:person_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")


class AccountCaseText(CaseText):
    """Words of a case about an account, sealed with that account's key."""

    vault_scope = "account:account_id"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")


class RemovedContent(SealedModel):
    """What a decision took down, so that it can be put back when an appeal is upheld."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=120)
    kept = EncryptedJSONField()
    removed_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "target"], name="content_removed_once")]


def text_model(case: Case) -> Any:
    """Which of the two holds this case's words."""
    return PersonCaseText if case.person_id else AccountCaseText
