"""How a Client may reach a Consumer outside the chat, and that it may not."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, EncryptedTextField, SealedModel
from allonce.products.chat.fields import ClientIndexField, digits
from allonce.products.chat.models import Consumer, Conversation


class NoContact(models.Model):
    """One Client must not reach this address, number or Consumer any more.

    `mark` is hashed with the Client's own key: the list of one Client says nothing about another's. It outlives what
    else is held of the Consumer, since it protects them. What a Consumer asked for, only a Consumer takes back.
    """

    class Sort(models.TextChoices):
        EMAIL = "email"
        PHONE = "phone"
        CONSUMER = "consumer"

    class By(models.TextChoices):
        CONSUMER = "consumer", _("The visitor asked")
        STOP = "stop", _("The visitor texted STOP")
        CLIENT = "client", _("Entered here")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    mark = models.CharField(max_length=64)
    by = models.CharField(max_length=8, choices=By.choices)
    at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["NoContact"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sort", "mark"], name="chat_leads_one_line_of_no_contact"),
        ]

    def __str__(self) -> str:
        return f"no contact {self.id}"


class TextConsent(SealedModel):
    """A Consumer agreed to be texted at this number: by texting first, in a form, or to an agent who noted it."""

    class How(models.TextChoices):
        TEXTED = "texted", _("Texted first")
        FORM = "form", _("In a form")
        AGENT = "agent", _("Told an agent")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="text_consents")
    number = EncryptedTextField()
    number_index = ClientIndexField(source="number", normalise=digits)
    how = models.CharField(max_length=6, choices=How.choices)
    given_at = models.DateTimeField(default=now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["TextConsent"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["account", "number_index"], name="chat_leads_consent_number")]

    def __str__(self) -> str:
        return f"consent {self.id}"


class TextContext(SealedModel):
    """Somebody pressed "text us" on a page, and may text within minutes; nobody knows who it was. Gone in two days."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    placement_id = models.UUIDField()
    placement_title = models.CharField(max_length=80, blank=True, default="")
    provider_id = models.UUIDField(null=True, blank=True)
    provider_title = models.CharField(max_length=120, blank=True, default="")
    context = EncryptedJSONField()
    at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["TextContext"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="chat_leads_contexts")]

    def __str__(self) -> str:
        return f"context {self.id}"


class CallRecord(SealedModel):
    """A call between a Client and a Consumer: asked for by a click, or reported by a telephone system. UTC, seconds."""

    class Outcome(models.TextChoices):
        ASKED = "asked", _("To be called")
        ANSWERED = "answered", _("Spoke")
        MISSED = "missed", _("Nobody answered")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="calls")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="calls")
    number = EncryptedTextField()
    external_id = models.CharField(max_length=80, null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.ASKED)
    started_at = models.DateTimeField(default=now)
    seconds = models.PositiveIntegerField(default=0)
    made_by = models.UUIDField(null=True, blank=True)

    objects: ClassVar[models.Manager["CallRecord"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="chat_leads_one_call_per_number_of_theirs"),
        ]

    def __str__(self) -> str:
        return f"call {self.id}"
