"""What somebody chose, how it stands, and every change of it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.legal.marketing.models.assessments import Assessment
from allonce.kernel.legal.marketing.models.contacts import Contact


class Basis(models.TextChoices):
    """What allows a use (UK GDPR Article 6; PECR regulation 22 for mail)."""

    NONE = "none", _("No basis")
    CONSENT = "consent", _("You agreed")
    SOFT_OPT_IN = "soft_opt_in", _("You asked or bought, and did not object")
    INTEREST = "legitimate_interest", _("A legitimate interest")


class Channel(models.TextChoices):
    """How a choice reached us; all have the same effect."""

    LINK = "link", _("Link in a mail")
    FORM = "form", _("Online form")
    TELEPHONE = "telephone", _("Telephone")
    POST = "post", _("Post")
    EMAIL = "email", _("Email")
    SYSTEM = "system", _("Noted with an enquiry or a sale")


class Source(models.TextChoices):
    """Where a soft opt-in came from."""

    ENQUIRY = "enquiry", _("Enquiry")
    SALE = "sale", _("Sale")


class Preference(models.Model):
    """How one purpose stands for one contact now. The purpose `all` holds an objection to every kind of marketing."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="preferences")
    purpose = models.CharField(max_length=60)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.NONE)
    since = models.DateTimeField(null=True, blank=True)
    wording = models.PositiveSmallIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    source_on = models.DateField(null=True, blank=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contact", "purpose"], name="marketing_one_preference"),)
        indexes = (
            models.Index(
                fields=["purpose", "contact"],
                condition=Q(objected_at=None) & ~Q(basis="none"),
                name="marketing_audience",
            ),
        )

    @property
    def consented(self) -> bool:
        """Whether consent stands."""
        return self.basis == Basis.CONSENT and self.objected_at is None


class HistoryIsKept(TypeError):
    """A line of the history was to be changed or removed."""


class Change(models.Model):
    """One choice as it was made: appended, never changed."""

    class Act(models.TextChoices):
        GIVEN = "given", _("Agreed")
        WITHDRAWN = "withdrawn", _("Withdrew agreement")
        OBJECTED = "objected", _("Objected")
        SOFT_OPT_IN = "soft_opt_in", _("Enquiry or sale noted, objection offered")
        INTEREST = "interest", _("Legitimate interest relied on")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="changes")
    purpose = models.CharField(max_length=60)
    act = models.CharField(max_length=12, choices=Act.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(default=now)
    wording = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)
    source_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ("-at", "-pk")
        indexes = (models.Index(fields=["contact", "at"]),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append it. Raises HistoryIsKept for a line that stands already."""
        if not self._state.adding:
            raise HistoryIsKept
        super().save(*args, **kwargs)


class Wording(models.Model):
    """A sentence that somebody agreed to, word for word as it was shown."""

    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["purpose", "version"], name="marketing_wording_version"),)
