"""Members, their photos, and the request with which somebody joins."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import BlindIndexField, EncryptedJSONField, EncryptedTextField, SealedModel

MOST_PHOTOS = 6


class JoinRequest(SealedModel):
    """Somebody wants to join: an address and a number, each proved by a code. Nothing else is kept until then."""

    vault_scope = "install"

    email = EncryptedTextField()
    address_index = BlindIndexField(source="email", shared="address", null=True, db_index=True)
    phone = EncryptedTextField()
    birth_date = EncryptedTextField()
    mail_code = models.CharField(max_length=64)
    text_code = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)


class Member(SealedModel):
    """A private person who dates. `sex` and `seeks` stand here only while `consented_at` does.

    `seeks` is a list of sexes; `wishes` is {"from": years, "to": years, "km": kilometres, "further": bool}; `spot` is
    {"lat", "lon"} of the middle of the town named by `place`, never of anything more exact. `zone` is that town's.
    """

    class State(models.TextChoices):
        JOINING = "joining", _("Not finished yet")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")

    class Nobody(models.TextChoices):
        NOBODY = "nobody", _("Nobody fitted")
        TAKEN = "taken", _("Everybody who fitted had another date")

    class Sex(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", _("Another gender")

    vault_scope = "person:person_id"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="dating_member")
    state = models.CharField(max_length=9, choices=State.choices, default=State.JOINING)
    phone = EncryptedTextField(null=True)
    phone_index = BlindIndexField(source="phone", null=True, unique=True)
    first_name = EncryptedTextField()
    birth_date = EncryptedTextField()
    sex = EncryptedTextField(null=True)
    seeks = EncryptedJSONField(null=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    place = EncryptedTextField(null=True)
    spot = EncryptedJSONField(null=True)
    zone = models.CharField(max_length=40, blank=True, default="")
    about = EncryptedTextField(default="")
    answers = EncryptedJSONField(default=dict)
    interests = EncryptedJSONField(default=list)
    wishes = EncryptedJSONField(default=dict)
    joined_at = models.DateTimeField(default=now, editable=False)
    seen_at = models.DateTimeField(default=now, db_index=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    # Shown to nobody but whom they chose, liked or were paired with at noon.
    incognito = models.BooleanField(default=False)
    last_date_on = models.DateField(null=True, blank=True)
    # The last day on which there was nobody for them, and why.
    nobody_on = models.DateField(null=True, blank=True)
    nobody_why = models.CharField(max_length=10, choices=Nobody.choices, blank=True, default="")

    objects: ClassVar[models.Manager["Member"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["joining", "active", "paused"]), name="dating_state_known"
            ),
        ]
        indexes = [models.Index(fields=["zone", "state", "seen_at"], name="dating_by_zone")]

    def __str__(self) -> str:
        return f"member {self.id}"

    @property
    def seat(self) -> str:
        """Their seat in the stream of a match."""
        return f"member:{self.id}"

    @property
    def is_complete(self) -> bool:
        """Whether everything is there without which nobody can be chosen for them."""
        return bool(self.consented_at and self.sex and self.seeks and self.spot and self.wishes)


class Photo(SealedModel):
    """A picture of a member. Others see it once a person has accepted it; of a refused one only this row is left.

    Nobody sees one that is held as evidence, and its member cannot remove it.

    Its bytes lie in the vault's files as "large.jpg" and "small.jpg".
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Being looked at")
        SHOWN = "shown", _("Shown")
        REFUSED = "refused", _("Not accepted")
        HELD = "held", _("Kept as evidence")

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="photos")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    position = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    # When a person found that it shows whoever sent a selfie.
    checked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Photo"]] = models.Manager()

    class Meta:
        ordering = ("position", "at")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "shown", "refused", "held"]), name="dating_photo_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"photo {self.id}"
