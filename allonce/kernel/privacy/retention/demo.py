"""Something for the demo's sweep and holds pages to show."""

from datetime import timedelta

from allonce.kernel.accounts.models import Account, Person, RegistrationRequest
from allonce.kernel.accounts.services import demo_doors
from allonce.kernel.clock import now
from allonce.kernel.privacy.retention.models import LegalHold

SHOP_EMAIL = "hello@harbourblinds.example"
PHONE = "0000 1111 2222 3333"


def load() -> None:
    """One refused phone of 40 days ago that tonight's sweep takes, and a hold that was released; safe to repeat."""
    shop = Account.objects.with_email(SHOP_EMAIL)
    staff = Person.objects.with_email(demo_doors.STAFF_EMAIL)
    if shop is None or staff is None or LegalHold.objects.filter(scope_id=shop.id).exists():
        return
    long_ago = now() - timedelta(days=40)
    request = RegistrationRequest.objects.create(
        account=shop, reason="unknown_user", device_name="Old phone", fingerprint=PHONE, last_at=long_ago
    )
    RegistrationRequest.objects.filter(pk=request.pk).update(first_at=long_ago, closed_at=long_ago)
    LegalHold.objects.create(
        scope_kind="account",
        scope_id=shop.id,
        reason="A court may have asked for this account's records. The case is closed.",
        authority="County Court, case 26/118",
        placed_by=staff.id,
        placed_at=long_ago,
        released_by=staff.id,
        released_at=now() - timedelta(days=3),
    )
