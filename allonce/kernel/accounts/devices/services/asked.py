"""Refused tries, as the account's people see them, and their answer to the phone."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import RegistrationRequest, User
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound

MOST_OPEN = 50


def note_refusal(account_id: UUID, user: User | None, reason: str, device_name: str, print_: str) -> None:
    """Let the account's people see this try; tries of one phone are counted, not repeated."""
    open_ones = RegistrationRequest.objects.filter(account_id=account_id, closed_at=None)
    again = open_ones.filter(fingerprint=print_)
    if again.update(tries=F("tries") + 1, last_at=now(), reason=reason, user=user):
        return
    if open_ones.count() >= MOST_OPEN:
        return
    RegistrationRequest.objects.create(
        account_id=account_id, user=user, reason=reason, device_name=device_name.strip(), fingerprint=print_
    )


def was_told(account_id: UUID, print_: str) -> bool:
    """Whether the owner let the phone with this fingerprint know why it is refused."""
    requests = RegistrationRequest.objects.filter(account_id=account_id, fingerprint=print_)
    return requests.filter(closed_at=None, told_at__isnull=False).exists()


def request_of(access: AccountAccess, request_id: UUID) -> RegistrationRequest:
    """An open request of this account, or NotFound."""
    requests = RegistrationRequest.objects.filter(account_id=access.account.id, closed_at=None)
    found = requests.filter(pk=request_id).select_related("user").first()
    if found is None or not access.may_write:
        raise NotFound
    return found


@transaction.atomic
def tell_reason(access: AccountAccess, request: RegistrationRequest) -> None:
    """From its next try on, that phone is told why it is refused; audited."""
    request.told_at = now()
    request.save(update_fields=["told_at"])
    _record(access, request, "registration.reason_told")


@transaction.atomic
def close_request(access: AccountAccess, request: RegistrationRequest) -> None:
    """Seen and done with; audited."""
    request.closed_at = now()
    request.save(update_fields=["closed_at"])
    _record(access, request, "registration.closed")


def _record(access: AccountAccess, request: RegistrationRequest, action: str) -> None:
    target = f"accounts.RegistrationRequest:{request.id}"
    audit.record(action, actor=access.actor, account_id=access.account.id, target=target)
