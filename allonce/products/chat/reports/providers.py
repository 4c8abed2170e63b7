"""What a Provider may see: numbers by Merchant and month, small ones hidden so that they cannot be worked out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, Sum

from allonce.kernel.accounts import tenancy
from allonce.kernel.clock import add_months, today
from allonce.kernel.vault import INSTALL, keyed_hash
from allonce.products.chat.models import ChatClient, HourlyCount, ProviderMerchant
from allonce.products.chat.reports.figures import Shown
from allonce.products.chat.reports.models import ProviderFigure
from allonce.products.chat.reports.suppressing import Row, publishable, summed

MOST_MONTHS = 24
COLUMNS = ("requests", "answered", "missed", "offline", "leads")


@dataclass(frozen=True)
class Month:
    """One whole month: rows that may be shown by the Provider's number of the Merchant, and the rest as one."""

    first: date
    rows: dict[str, Row]
    rest: Row | None

    @property
    def total(self) -> Row:
        """All that is shown of the month."""
        return summed([*self.rows.values(), *([self.rest] if self.rest else [])])


@dataclass(frozen=True)
class Listed:
    """A Merchant as its Provider sees it."""

    merchant_id: UUID
    external_id: str
    name: str
    shown: Shown


def months(provider: ChatClient, most: int = 12) -> list[Month]:
    """The last whole months, latest first. The present one is not shown: what it grows by in a day could be one person.

    Rows are hidden by month and never cut anew, so that no two tables can be subtracted from each other.
    """
    numbers = _numbers(provider.account_id)
    first = today("UTC").replace(day=1)
    wanted = [add_months(first, -back) for back in range(1, min(most, MOST_MONTHS) + 1)]
    found = [_month(provider.account_id, each, numbers) for each in wanted]
    return [each for each in found if each.rows or each.rest]


def listed(provider: ChatClient, days: int = 30) -> list[Listed]:
    """The Merchants with how often the button was shown: that is the Provider's own traffic, and about nobody."""
    since = today("UTC") - timedelta(days=days)
    own = HourlyCount.objects.filter(account_id=provider.account_id, hour__date__gte=since)
    on, off = (Sum("count", filter=Q(kind=kind)) for kind in ("shown_online", "shown_offline"))
    rows = own.values("peer_id").order_by("peer_id").annotate(on=on, off=off)
    shown = {each["peer_id"]: Shown(each["on"] or 0, each["off"] or 0) for each in rows}
    names = names_of(provider.account_id)
    return [Listed(key, number, names.get(key, ""), shown.get(key, Shown())) for key, number in _every(provider)]


def names_of(provider_id: UUID) -> dict[UUID, str]:
    """The shown names of the Merchants that a Provider lists: what its own site says of them."""
    merchants = ProviderMerchant.objects.filter(account_id=provider_id).values_list("merchant_account_id", flat=True)
    ids = list(merchants)
    with tenancy.across_accounts():
        return dict(ChatClient.objects.filter(account_id__in=ids).values_list("account_id", "shown_name"))


def _every(provider: ChatClient) -> list[tuple[UUID, str]]:
    rows = ProviderMerchant.objects.filter(account_id=provider.account_id, hidden_at=None).order_by("external_id")
    return list(rows.values_list("merchant_account_id", "external_id"))


def _numbers(provider_id: UUID) -> dict[UUID, str]:
    rows = ProviderMerchant.objects.filter(account_id=provider_id).order_by("created_at")
    return dict(rows.values_list("merchant_account_id", "external_id"))


def _month(provider_id: UUID, first: date, numbers: dict[UUID, str]) -> Month:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    for merchant, kind, count in ProviderFigure.objects.filter(account_id=provider_id, month=first).values_list(
        "merchant_id", "kind", "count"
    ):
        counts[merchant][kind] = count
    rows = {numbers.get(key, str(key)): Row(lot=_lot(key, first), **_parts(each)) for key, each in counts.items()}
    return Month(first, *publishable(rows, settings.SMALLEST_GROUP))


def _parts(counted: dict[str, int]) -> dict[str, int]:
    names = {"answered": "answered", "missed": "missed", "offline": "offline", "leads": "lead"}
    return {name: counted.get(kind, 0) for name, kind in names.items()}


def _lot(merchant_id: UUID, first: date) -> int:
    """Drawn once and for ever, and known to nobody outside."""
    return int(keyed_hash(INSTALL, "chat_reports.lot", f"{merchant_id}|{first}")[:12], 16)


def cells(row: Row) -> list[int]:
    """A row's figures in the order of COLUMNS."""
    return [getattr(row, name) for name in COLUMNS]


def minimum() -> int:
    """From how many visitors a figure comes at least that is shown."""
    return int(settings.SMALLEST_GROUP)
