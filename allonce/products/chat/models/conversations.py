"""Conversations: who talks to whom about what, and how far it is. What is said lies in the stream of the same id."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedJSONField, EncryptedTextField, SealedModel
from allonce.products.chat.models.agents import AgentProfile, Department
from allonce.products.chat.models.answers import Disposition, Tag
from allonce.products.chat.models.consumers import Consumer


class Conversation(SealedModel):
    """One conversation of one Consumer with one Merchant; its id is its stream's.

    `context` is {"page": {url, title, referrer}, "listing": {id, title, price, url, image}}. Placement and Provider
    are named by bare ids and copied words: their rows may belong to another account. `awaiting_since` is set while
    the visitor's last words are unanswered.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACTIVE = "active", _("Active")
        HAND_OVER = "hand_over", _("By mail")
        CLOSED = "closed", _("Closed")

    class Channel(models.TextChoices):
        CHAT = "chat", _("Chat")
        OFFLINE = "offline", _("Offline message")
        TEXT = "text", _("Text message")
        CALL = "call", _("Call")

    class ClosedBy(models.TextChoices):
        AGENT = "agent", _("Agent")
        VISITOR = "visitor", _("Visitor")
        SYSTEM = "system", _("By itself")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    consumer = models.ForeignKey(Consumer, on_delete=models.CASCADE, related_name="conversations")
    channel = models.CharField(max_length=7, choices=Channel.choices, default=Channel.CHAT)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agent = models.ForeignKey(AgentProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    placement_id = models.UUIDField(null=True, blank=True)
    placement_title = models.CharField(max_length=80, blank=True, default="")
    provider_id = models.UUIDField(null=True, blank=True)
    provider_title = models.CharField(max_length=120, blank=True, default="")
    context = EncryptedJSONField()
    language = models.CharField(max_length=12, default="en")
    hot = models.BooleanField(default=False)
    tags = models.ManyToManyField(Tag, blank=True, related_name="+")
    disposition = models.ForeignKey(Disposition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    start_cid = models.UUIDField()
    network_index = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField(default=now, editable=False)
    last_at = models.DateTimeField(default=now)
    waiting_since = models.DateTimeField(null=True, blank=True)
    awaiting_since = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=7, choices=ClosedBy.choices, blank=True, default="")
    token_used_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_text = EncryptedTextField(null=True, blank=True)

    objects: ClassVar[models.Manager["Conversation"]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "start_cid"], name="chat_one_conversation_per_start"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "active", "hand_over", "closed"]), name="chat_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(stars=None) | models.Q(stars__gte=1, stars__lte=5), name="chat_stars_one_to_five"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "state", "last_at"], name="chat_by_state"),
            models.Index(fields=["account", "last_at"], name="chat_by_last"),
            models.Index(fields=["agent", "state"], name="chat_by_agent"),
            models.Index(fields=["account", "network_index"], name="chat_by_network"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"

    @property
    def is_open(self) -> bool:
        """Neither closed nor left to mail."""
        return self.state in {self.State.WAITING, self.State.ACTIVE}


class Ring(models.Model):
    """That one agent was alerted for one conversation, and what came of it. `forwarded_by` names a colleague."""

    class Answer(models.TextChoices):
        OPEN = "open", _("Ringing")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        MISSED = "missed", _("Missed")
        OTHER = "other", _("A colleague was first")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="rings")
    agent = models.ForeignKey(AgentProfile, on_delete=models.CASCADE, related_name="+")
    forwarded_by = models.ForeignKey(AgentProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.OPEN)
    at = models.DateTimeField(default=now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["conversation", "answer"], name="chat_rings_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "agent"], condition=models.Q(answer="open"), name="chat_rings_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"ring {self.pk}"


class ChatFile(SealedModel):
    """A picture of a conversation; its bytes lie in the vault's files under this id."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="files")
    sender = models.CharField(max_length=60)
    name = EncryptedTextField()
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"file {self.id}"
