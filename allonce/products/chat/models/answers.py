"""What a Merchant prepares for its agents: answers, tags, and words for how a conversation ended."""

import re
import uuid

from django.db import models

from allonce.kernel.accounts.models import Account
from allonce.kernel.vault import EncryptedTextField, SealedModel
from allonce.products.chat.models.agents import Department

# Filled in by the console from the conversation at hand.
FIELDS = ("visitor_name", "agent_name", "business", "listing_title", "listing_price", "page_title")
FIELD = re.compile(r"\{(\w+)\}")


class CannedAnswer(SealedModel):
    """A prepared answer; `{visitor_name}` and the other FIELDS in it are filled in from the conversation."""

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    shortcut = models.SlugField(max_length=30)
    title = models.CharField(max_length=80)
    text = EncryptedTextField()

    class Meta:
        ordering = ["shortcut"]
        constraints = [models.UniqueConstraint(fields=["account", "shortcut"], name="chat_one_answer_per_shortcut")]

    def __str__(self) -> str:
        return f"canned answer {self.id}"

    @property
    def fields(self) -> list[str]:
        """The fields that stand in the text."""
        return list(dict.fromkeys(FIELD.findall(self.text)))


class Tag(models.Model):
    """A word that agents put on conversations."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["account", "word"], name="chat_one_tag_of_a_word")]

    def __str__(self) -> str:
        return f"tag {self.id}"


class Disposition(models.Model):
    """How a conversation ended, from the Client's own list. `code` is stable and for programs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    code = models.SlugField(max_length=30)
    label = models.CharField(max_length=60)
    order = models.PositiveIntegerField(default=0)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "label"]
        constraints = [models.UniqueConstraint(fields=["account", "code"], name="chat_one_disposition_of_a_code")]

    def __str__(self) -> str:
        return f"disposition {self.id}"
