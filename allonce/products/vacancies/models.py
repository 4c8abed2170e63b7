"""Vacancies, which are public, and applications, each sealed with a key of its own."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now, today
from allonce.kernel.vault import EncryptedTextField, SealedModel


class Vacancy(models.Model):
    """A job that the Operator offers. Applications go `keep_months` after the day on which it closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    closes_on = models.DateField()
    keep_months = models.PositiveSmallIntegerField(default=6)
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["Vacancy"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(keep_months__gte=1, keep_months__lte=12), name="vacancy_keeps_a_year_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"vacancy {self.id}"

    @property
    def is_open(self) -> bool:
        """Published, and its last day is not over."""
        return self.published_at is not None and self.closes_on >= today()


class Application(SealedModel):
    """Somebody's application, under a key of its own, so that it can be destroyed alone, backups included.

    `period_until` is the last day of the vacancy's period, which the applicant was told; `keep_until` the same,
    or later if they asked to be kept on (`longer_at`).
    """

    class State(models.TextChoices):
        NEW = "new", _("To be read")
        INVITED = "invited", _("Invited")
        REFUSED = "refused", _("Refused")

    vault_scope = "person:id"

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applications")
    name = EncryptedTextField()
    email = EncryptedTextField()
    words = EncryptedTextField()
    has_cv = models.BooleanField(default=False)
    consented_at = models.DateTimeField(default=now, editable=False)
    period_until = models.DateField()
    keep_until = models.DateField(db_index=True)
    longer_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["Application"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["new", "invited", "refused"]), name="application_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.id}"
