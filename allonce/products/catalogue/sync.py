"""What the Catalogue tells a phone at each synchronisation, and the Operator of an account's size."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.products.catalogue.models import Version


class CataloguePart:
    """Which version the phone is to hold; null before the first is published."""

    name = "catalogue"

    def part(self, device: DeviceAccess) -> Any:
        latest = _latest(device.account.id)
        if latest is None:
            return None
        return {
            "version": latest.number,
            "root": latest.root,
            "published_at": latest.published_at.isoformat(),
        }


class LatestVersion:
    """Answers the list of Users."""

    def latest(self, account_id: UUID) -> int:
        latest = _latest(account_id)
        return latest.number if latest else 0


class CatalogueCounts:
    """Sizes that say nothing about anybody."""

    def counts(self, account_id: UUID) -> dict[str, int]:
        latest = _latest(account_id)
        return {_("Catalogue version"): latest.number if latest else 0}


def _latest(account_id: UUID) -> Version | None:
    return Version.objects.filter(catalogue__account_id=account_id).order_by("-number").first()
