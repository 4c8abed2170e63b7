"""Streams, their entries, and how far each seat has read."""

from django.db import models
from django.db.models import Q

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.vault import EncryptedJSONField, SealedModel

SEAT_LENGTH = 60
KIND_LENGTH = 20
AUDIENCE_LENGTH = 70


class Stream(models.Model):
    """A log of one account. Its entries have the numbers 1 to `head`, none missing between the first kept and the last.

    `moved_at` tells when `head` last rose: by it processes without a bus find what another one appended.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    kind = models.CharField(max_length=KIND_LENGTH)
    account_id = models.UUIDField(db_index=True)
    head = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    moved_at = models.DateTimeField(default=now, db_index=True)


class Entry(SealedModel):
    """One entry of a stream. Erasure empties `body`; the row stays, so that no number is ever missing.

    `cid` is the sender's own name for it, by which a repeated send is recognised. `audience` is "all", "staff" or
    "seat:NAME".
    """

    vault_scope = "account:account_id"

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="entries", db_index=False)
    account_id = models.UUIDField()
    seq = models.BigIntegerField()
    sender = models.CharField(max_length=SEAT_LENGTH)
    cid = models.UUIDField()
    kind = models.CharField(max_length=KIND_LENGTH)
    audience = models.CharField(max_length=AUDIENCE_LENGTH, default="all")
    body = EncryptedJSONField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["stream", "seq"], name="messaging_one_seq"),
            # The cid comes first: repeats are looked for by cids alone, many at once.
            models.UniqueConstraint(fields=["cid", "stream", "sender"], name="messaging_one_cid"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="messaging_seq_from_one"),
        )


class ReadMark(models.Model):
    """How far a seat has read a stream; it only ever rises."""

    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="marks", db_index=False)
    seat = models.CharField(max_length=SEAT_LENGTH)
    up_to = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "seat"], name="messaging_one_mark"),)
