"""Which browsers of a person may be woken."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.errors import UserError
from allonce.kernel.post.outward import AddressRefused, readable_url
from allonce.kernel.post.ports import processor_gate
from allonce.kernel.post.push.models import Subscription
from allonce.kernel.post.push.services import connector_of, service_of
from allonce.kernel.vault import INSTALL, keyed_hash

MOST = 20
USE = re.compile(r"[a-z_]{1,30}")


class SubscriptionRefused(UserError):
    """What the browser gave is no push subscription."""

    code = "subscription_refused"
    status = 422
    message = gettext_lazy("This is no push subscription. Switch notifications off and on again in this browser.")


class PushNotOffered(UserError):
    """The browser's push service is none that the Operator switched on."""

    code = "push_not_offered"
    status = 409
    message = gettext_lazy("Notifications cannot be sent to this browser: its maker's push service is not in use here.")


def subscribe(person_id: UUID, info: Mapping[str, Any], *, use: str, account_id: UUID | None = None) -> Subscription:
    """Remember one browser, from `PushSubscription.toJSON()`; again for the same browser only brings it up to date.

    `use` is a code of the product's own. A browser belongs to who subscribed last; the oldest beyond twenty go.
    Raises SubscriptionRefused, PushNotOffered, ProcessorNotAllowed.
    """
    if not USE.fullmatch(use):
        raise ValueError(f"{use!r} is no code")
    clean, service = _checked(info)
    processor_gate().may_use(connector_of(service), account_id)
    endpoint_hash = hash_of(clean["endpoint"])
    with transaction.atomic():
        Subscription.objects.filter(endpoint_hash=endpoint_hash, use=use).exclude(person_id=person_id).delete()
        known = Subscription.objects.filter(endpoint_hash=endpoint_hash, use=use).first()
        row = known or Subscription(person_id=person_id, endpoint_hash=endpoint_hash, use=use)
        row.info, row.service, row.account_id = clean, service, account_id
        row.save()
        mine = Subscription.objects.filter(person_id=person_id, use=use).order_by("-created_at", "-id")
        Subscription.objects.filter(id__in=[each.id for each in mine[MOST:]]).delete()
    return row


def unsubscribe(person_id: UUID, endpoint: str, *, use: str) -> bool:
    """Forget one browser of the person and what waits for it; False where it was not known."""
    mine = Subscription.objects.filter(person_id=person_id, endpoint_hash=hash_of(endpoint), use=use)
    return mine.delete()[0] > 0


def subscriptions_of(person_id: UUID, *, use: str, account_id: UUID | None = None) -> QuerySet[Subscription]:
    """The person's browsers for one use, of one account where it is given."""
    chosen = Q(person_id=person_id, use=use) & (Q(account_id=account_id) if account_id else Q())
    return Subscription.objects.filter(chosen).order_by("created_at", "id")


def forget_person(person_id: UUID, *, account_id: UUID) -> int:
    """Forget a person's browsers for an account they left; returns how many rows went."""
    return Subscription.objects.filter(person_id=person_id, account_id=account_id).delete()[0]


def hash_of(endpoint: str) -> str:
    """How a browser's push address is known again."""
    return keyed_hash(INSTALL, "post_push.endpoint", endpoint)


def _checked(info: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Only what is needed of it, and its service. Keys that are no point of the curve would fail at every message."""
    try:
        endpoint, keys = str(info["endpoint"]), info["keys"]
        url = readable_url(endpoint)
        p256dh, auth = str(keys["p256dh"]), str(keys["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        if len(_bytes(auth)) != 16:
            raise SubscriptionRefused
    except (KeyError, TypeError, ValueError, AddressRefused):
        raise SubscriptionRefused from None
    service = service_of(url)
    if not service:
        raise PushNotOffered
    return {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}, service


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
