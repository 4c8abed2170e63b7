"""The name of a business, which invited people see, as content that may be reported."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.models import Account
from allonce.kernel.casework.kinds import Fact


class BusinessNames:
    """Taken down, a business is called by a number until its owner gives it another name."""

    model = "accounts.Account"
    label = gettext_lazy("The name of a business")

    def account_of(self, row_id: UUID) -> UUID | None:
        return row_id if Account.objects.filter(pk=row_id).exists() else None

    def show(self, row_id: UUID) -> list[Fact]:
        return [Fact(_("Name"), Account.objects.get(pk=row_id).name)]

    def take_down(self, mandate: Mandate, row_id: UUID) -> dict[str, Any]:
        mandate.exercise()
        account = Account.objects.get(pk=row_id)
        kept = {"name": account.name}
        self._rename(account, self._number(account))
        return kept

    def put_back(self, mandate: Mandate, row_id: UUID, kept: dict[str, Any]) -> None:
        mandate.exercise()
        account = Account.objects.get(pk=row_id)
        if account.name == self._number(account):
            self._rename(account, kept["name"])

    def _rename(self, account: Account, name: str) -> None:
        account.name = name
        account.save(update_fields=["name"])

    def _number(self, account: Account) -> str:
        return _("Business %s") % account.id.hex[:8]
