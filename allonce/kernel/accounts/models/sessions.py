"""Where people are signed in."""

from django.db import models

from allonce.kernel.accounts.models.looks import StaffLook
from allonce.kernel.accounts.models.organisations import Account
from allonce.kernel.accounts.models.people import Person
from allonce.kernel.clock import now
from allonce.kernel.vault import EncryptedTextField, SealedModel


class SignInSession(SealedModel):
    """One browser in which a person is signed in; ending it here ends it there at the next request."""

    vault_scope = "person:person_id"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_sessions")
    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    look = models.ForeignKey(StaffLook, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    device = EncryptedTextField()
    # Which row of the browser sessions carries this sign-in, so that it is found and removed with its person.
    browser = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(default=now, editable=False)
    last_seen_at = models.DateTimeField(default=now)
    # When a passkey or a recovery code was used in this very session.
    second_factor_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"])]


class UsedBrowser(SealedModel):
    """What a browser was called in which a person worked in an account; the account's record names it by `carrier`.

    Sign-in sessions go two weeks after the last visit, while the record stays as long as the account: without this
    what was done earlier could no longer be traced to a device.
    """

    vault_scope = "person:person_id"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    carrier = models.UUIDField()
    name = EncryptedTextField()
    begun_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "carrier"], name="browser_named_once_in_an_account")]
        indexes = [models.Index(fields=["carrier"])]
