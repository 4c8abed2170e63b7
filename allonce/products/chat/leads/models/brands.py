"""How a Client looks where its own name stands in place of ours."""

from django.db import models

from allonce.kernel.accounts.models import Account


class Brand(models.Model):
    """The Client's logo; its bytes lie in the vault's files under this id."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    logo = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"brand {self.pk}"
