"""Under which names webhooks leave, so that the Operator decides where data may go."""

from uuid import UUID

from allonce.kernel.post.connectors import LOCAL
from allonce.kernel.post.outward import Url
from allonce.kernel.post.ports import ProcessorNotAllowed, processor_gate

# One entry of the list of processors that stands for every system which an account names for itself.
ANY = "webhook:*"


def connectors_of(url: Url) -> tuple[str, ...]:
    """The names that allow this address, the host's own first; "local" where nothing leaves."""
    return (LOCAL,) if url.is_local else (f"webhook:{url.host}", ANY)


def require_allowed(url: Url, account_id: UUID) -> None:
    """Return if the account's data may go there. Raises ProcessorNotAllowed."""
    refusal: ProcessorNotAllowed | None = None
    for connector in connectors_of(url):
        try:
            return processor_gate().may_use(connector, account_id)
        except ProcessorNotAllowed as error:
            refusal = error
    raise refusal or ProcessorNotAllowed
