"""Says to the post, and to every other connector, whether data may go to a third party."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.post.connectors import LOCAL
from allonce.kernel.post.ports import ProcessorNotAllowed, connectors_in_use
from allonce.kernel.privacy.processors import queries, residency

HOW = (
    "  Record one: allonce processor add --connector {connector} --name NAME --purpose WHAT_FOR"
    " --data contact,delivery --country GB --agreement-date 2026-01-31 --agreement-reference WHERE_IT_LIES"
    " --assessed-by YOUR_EMAIL --valid-until 2027-01-31"
)
ABROAD = "  A written safeguard: --safeguard clauses --safeguard-date 2026-01-31 --safeguard-reference WHERE_IT_LIES"


class OutsideRegions(ProcessorNotAllowed):
    """It lies outside the regions agreed to, and no written safeguard is on file."""

    code = "outside_regions"
    message = gettext_lazy("This cannot be sent: the service that carries it lies outside the agreed regions.")


class ListedProcessors:
    """The gate of the list: a current, assessed entry must name the connector, in a region where data may go."""

    def may_use(self, connector: str, account_id: UUID | None) -> None:
        if connector == LOCAL:
            return
        entries = queries.current_for(connector)
        if not entries:
            raise ProcessorNotAllowed
        regions = residency.agreed_regions(account_id)
        if not any(residency.may_lie_in(each.country, [each], regions) for each in entries):
            raise OutsideRegions


def obstacles() -> Iterator[str]:
    """What must be put right before the installation starts: connectors without an entry, data in a wrong place."""
    gate = ListedProcessors()
    for connector in connectors_in_use():
        try:
            gate.may_use(connector, None)
        except OutsideRegions:
            yield f"{connector} leads outside ALLONCE_REGION and ALLONCE_ALLOWED_REGIONS without safeguard.\n{ABROAD}"
        except ProcessorNotAllowed:
            yield f"no current, assessed processor names {connector}.\n{HOW.format(connector=connector)}"
    yield from _misplaced_storage()


def _misplaced_storage() -> Iterator[str]:
    from_settings = residency.agreed_regions(None)
    for target in residency.misplaced(from_settings):
        yield (
            f"{target.connector} lies in {target.country}, which is in no region that this installation agreed to.\n"
            f"{HOW.format(connector=target.connector)}\n{ABROAD}"
        )
    for account_id, target in residency.accounts_misplaced():
        yield f"{target.connector} lies in {target.country}, which account {account_id} has not agreed to.\n{ABROAD}"
