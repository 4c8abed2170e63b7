"""How often something happened in an hour. Numbers alone: nothing here is about anybody."""

from django.db import models

from allonce.kernel.accounts.models import Account


class HourlyCount(models.Model):
    """A count of one kind in the hour (UTC) that begins at `hour`, for a Client.

    Both sides of a Provider's placement have rows of their own: `peer_id` is the other's account.
    """

    class Kind(models.TextChoices):
        SHOWN_ONLINE = "shown_online"
        SHOWN_OFFLINE = "shown_offline"
        OPENED = "opened"
        STARTED = "started"
        OFFLINE_MESSAGE = "offline_message"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    placement_id = models.UUIDField()
    peer_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "hour", "placement_id", "peer_id", "kind"], name="chat_one_count_per_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"count {self.pk}"
