"""Agents, where they belong, and when they are there."""

import uuid
from datetime import datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Account, Membership, Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Department(models.Model):
    """A part of a Merchant that answers for itself, such as sales or service.

    `hours` are as a ChatClient's; empty means the Client's own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=80)
    hours = models.JSONField(default=dict, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "title"]
        constraints = [models.UniqueConstraint(fields=["account", "title"], name="chat_one_department_of_a_title")]

    def __str__(self) -> str:
        return f"department {self.id}"


class AgentQuerySet(models.QuerySet["AgentProfile"]):
    def at_work(self) -> "AgentQuerySet":
        """Those who still belong to their account and were not put aside."""
        belongs = Membership.objects.filter(account=OuterRef("account"), person=OuterRef("person")).exclude(
            role="viewer"
        )
        return self.filter(Exists(belongs), hidden_at=None)


class AgentProfile(SealedModel):
    """Somebody of a Merchant who answers visitors, as visitors see them: a name, and a picture if they wish.

    Presence is desk and phone together: the desk is there while `desk_state` is online and the console was heard of
    (`desk_seen_at`) and used (`active_at`) lately; the phone until `mobile_until`. `limit` counts open conversations.
    """

    class Routing(models.TextChoices):
        STANDARD = "standard", _("Rings for every visitor")
        FORWARD_ONLY = "forward_only", _("Rings only for what colleagues forward")

    class State(models.TextChoices):
        ONLINE = "online", _("Online")
        AWAY = "away", _("Away")
        OFFLINE = "offline", _("Offline")

    vault_scope = "account:account_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = EncryptedTextField()
    mobile = EncryptedTextField(null=True, blank=True)
    picture = models.UUIDField(null=True, blank=True)
    routing = models.CharField(max_length=12, choices=Routing.choices, default=Routing.STANDARD)
    limit = models.PositiveSmallIntegerField(default=5)
    hot_leads = models.BooleanField(default=True)
    departments = models.ManyToManyField(Department, blank=True, related_name="agents")
    desk_state = models.CharField(max_length=7, choices=State.choices, default=State.OFFLINE)
    desk_seen_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(null=True, blank=True)
    mobile_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AgentQuerySet] = AgentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "person"], name="chat_one_profile_per_person"),
            models.CheckConstraint(condition=models.Q(limit__gte=1, limit__lte=50), name="chat_agent_limit"),
        ]

    def __str__(self) -> str:
        return f"agent {self.id}"

    @property
    def seat(self) -> str:
        """This agent's name in a conversation's log."""
        return f"agent:{self.id}"

    def on_mobile(self, moment: datetime) -> bool:
        """Whether the timed sign-in on the phone still runs."""
        return self.mobile_until is not None and self.mobile_until > moment


class Shift(models.Model):
    """When an agent works: a span that begins on a weekday (Monday is 0) in the Client's zone. Nobody's shifts: always.

    One that ends at or before the time at which it begins goes past midnight, into the next day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(AgentProfile, on_delete=models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6) & ~models.Q(ends=models.F("starts")), name="chat_shift_takes_time"
            ),
        ]

    def __str__(self) -> str:
        return f"shift {self.id}"

    def covers(self, weekday: int, moment: time) -> bool:
        """Whether the agent works at this local time of that weekday."""
        if self.starts < self.ends:
            return weekday == self.weekday and self.starts <= moment < self.ends
        begun = weekday == self.weekday and moment >= self.starts
        return begun or (weekday == (self.weekday + 1) % 7 and moment < self.ends)
