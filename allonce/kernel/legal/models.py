"""Versions of legal texts, drafts of the next ones, and who agreed to what and was told of what."""

import hashlib
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now


class Unchangeable(TypeError):
    """A published text stays as it is; publish a new version instead."""


class VersionQuerySet(models.QuerySet["Version"]):
    def update(self, **_values: Any) -> NoReturn:
        """Never."""
        raise Unchangeable

    def delete(self) -> NoReturn:
        """Never."""
        raise Unchangeable


class Version(models.Model):
    """One published version of a document; its row never changes."""

    document = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    changes = models.TextField(blank=True)
    effective_on = models.DateField()
    material = models.BooleanField(default=False)
    reduces_rights = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=now)
    published_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["Version"]] = models.Manager.from_queryset(VersionQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="legal_version_once"),
            models.CheckConstraint(
                condition=models.Q(material=True) | models.Q(reduces_rights=False), name="less_rights_is_material"
            ),
        ]

    def in_words(self) -> str:
        """As people call it, in copies of their data too."""
        return _("%(title)s, version %(number)d") % {"title": self.title, "number": self.number}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row for the first time; Unchangeable afterwards."""
        if not self._state.adding:
            raise Unchangeable
        self.digest = digest_of(self.text)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise Unchangeable

    @property
    def is_as_published(self) -> bool:
        """Whether the text still is what its digest says."""
        return self.digest == digest_of(self.text)


def digest_of(text: str) -> str:
    """SHA-256 of the text, as the audit record keeps it too."""
    return hashlib.sha256(text.encode()).hexdigest()


class Draft(models.Model):
    """The next version of a document while staff write it."""

    document = models.CharField(max_length=40, primary_key=True)
    text = models.TextField()
    changes = models.TextField(blank=True)
    effective_on = models.DateField(null=True)
    material = models.BooleanField(default=False)
    reduces_rights = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=now)
    updated_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")


class Acceptance(models.Model):
    """A person agreed, by a click, to exactly this version; `account` where they did it for a business.

    It proves a contract, so it outlives the person's row: then only an opaque id is left in it.
    """

    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="acceptances")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acceptances")
    account = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="acceptances"
    )
    at = models.DateTimeField(default=now)
    copy_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"], condition=models.Q(account=None), name="agreed_once_as_person"
            ),
            models.UniqueConstraint(
                fields=["account", "version"],
                condition=models.Q(account__isnull=False),
                name="agreed_once_for_account",
            ),
        ]


class ChangeTold(models.Model):
    """This person was told of this coming version: the row that makes sure it happens once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes_told")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="told")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="told_of_a_change_once")]
