"""What keeps members safe from each other: blocks, reports, signs of fraud, and what was looked at in a photo."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allonce.kernel.clock import now
from allonce.kernel.messaging.ids import time_ordered
from allonce.kernel.vault import EncryptedBytesField, EncryptedJSONField, SealedModel
from allonce.products.dating.models.members import Member, Photo


class Block(models.Model):
    """One member wants nothing to do with another. The other is never told, and finds nobody there."""

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["Block"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "blocked"], name="dating_block_once")]

    def __str__(self) -> str:
        return f"block {self.id}"


class Report(models.Model):
    """That a member reported another, and for what. The words stand in the case, sealed to whom it is about."""

    class Category(models.TextChoices):
        MONEY = "money", _("Asks for money, or offers business")
        FAKE = "fake", _("Not who they say they are")
        HATE = "hate", _("Hate, threats or violence")
        INDECENT = "indecent", _("Indecent words or pictures")
        MINOR = "minor", _("Seems to be under 18")
        EVENTS = "events", _("Arranges groups, events or demonstrations")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=time_ordered, editable=False)
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="reports")
    about = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    category = models.CharField(max_length=8, choices=Category.choices)
    at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["Report"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["about", "at"], name="dating_reports_about")]

    def __str__(self) -> str:
        return f"report {self.id}"


class Signal(SealedModel):
    """A sign that a member may not be whom they say. One alone means nothing; `facts` never hold anybody's words."""

    class Kind(models.TextChoices):
        MONEY = "money", _("Asked a match for money")
        PHOTO = "photo", _("A photo that another member has, too")
        BARRED = "barred", _("A photo of somebody who may not join")
        FAR = "far", _("Signed in far from the town they give")
        HOSTING = "hosting", _("Signed in through a hosting network or a relay")

    vault_scope = "person:person_id"

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    facts = EncryptedJSONField(default=dict)
    at = models.DateTimeField(default=now, db_index=True)

    objects: ClassVar[models.Manager["Signal"]] = models.Manager()

    def __str__(self) -> str:
        return f"signal {self.id}"


class PhotoCheck(SealedModel):
    """What programs noticed in a photo, and its print by which it is found again. It goes with the photo.

    Under the installation's key, so that one key opens all prints. `print` is 32 bytes.
    """

    vault_scope = "install"

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, related_name="check_made")
    print = EncryptedBytesField()
    findings = EncryptedJSONField(default=dict)
    at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[models.Manager["PhotoCheck"]] = models.Manager()

    def __str__(self) -> str:
        return f"photo check {self.id}"
