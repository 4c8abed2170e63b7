"""An account's endpoints: made, changed, given a new secret and removed, each recorded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel.audit import Actor, record
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.post.outward import readable_url
from allonce.kernel.post.signing import fresh_secret
from allonce.kernel.post.webhooks_out.connectors import require_allowed
from allonce.kernel.post.webhooks_out.models import Endpoint

MOST = 20
PING = "webhook.ping"
CODE = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
# How long a receiver has to change over to a new secret.
OVERLAP = timedelta(hours=24)


class TooManyEndpoints(UserError):
    """The account has as many endpoints as it may have."""

    code = "too_many_endpoints"
    status = 409
    message = gettext_lazy("You have as many webhook addresses as there may be. Remove one first.")


class EventsRefused(UserError):
    """An event's code is malformed."""

    code = "webhook_events"
    status = 422
    message = gettext_lazy("Name events by their codes, such as chat.lead; leave the list empty for all events.")


@dataclass(frozen=True)
class Renewed:
    """An endpoint and its new secret, which is shown this once."""

    endpoint: Endpoint
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Change:
    """What is to become different about an endpoint; None leaves it as it is."""

    url: str | None = None
    events: Sequence[str] | None = None
    enabled: bool | None = None


def endpoints_of(account_id: UUID) -> QuerySet[Endpoint]:
    """The account's endpoints, oldest first."""
    return Endpoint.objects.filter(account_id=account_id).order_by("created_at", "id")


def create_endpoint(account_id: UUID, url: str, events: Sequence[str], actor: Actor) -> Renewed:
    """Add an endpoint. Raises AddressRefused, EventsRefused, TooManyEndpoints, ProcessorNotAllowed."""
    require_allowed(readable_url(url), account_id)
    codes = _codes(events)
    with transaction.atomic():
        if endpoints_of(account_id).count() >= MOST:
            raise TooManyEndpoints
        secret = fresh_secret()
        made = Endpoint.objects.create(account_id=account_id, url=url, secret=secret, events=codes)
        _record("webhook.endpoint_added", made, actor)
    return Renewed(made, secret)


def change_endpoint(account_id: UUID, endpoint_id: UUID, change: Change, actor: Actor) -> Endpoint:
    """Change what is given. Raises NotFound, AddressRefused, EventsRefused, ProcessorNotAllowed."""
    if change.url is not None:
        require_allowed(readable_url(change.url), account_id)
    codes = None if change.events is None else _codes(change.events)
    with transaction.atomic():
        endpoint = own(account_id, endpoint_id, lock=True)
        endpoint.url = endpoint.url if change.url is None else change.url
        endpoint.events = endpoint.events if codes is None else codes
        endpoint.enabled = endpoint.enabled if change.enabled is None else change.enabled
        endpoint.save()
        _record("webhook.endpoint_changed", endpoint, actor)
    return endpoint


def rotate_secret(account_id: UUID, endpoint_id: UUID, actor: Actor, overlap: timedelta = OVERLAP) -> Renewed:
    """Give it a new secret; for `overlap` the old one signs too. Raises NotFound."""
    with transaction.atomic():
        endpoint = own(account_id, endpoint_id, lock=True)
        endpoint.old_secret, endpoint.old_until = endpoint.secret, now() + overlap
        endpoint.secret, endpoint.rotated_at = fresh_secret(), now()
        endpoint.save()
        _record("webhook.secret_renewed", endpoint, actor)
    return Renewed(endpoint, endpoint.secret)


def remove_endpoint(account_id: UUID, endpoint_id: UUID, actor: Actor) -> None:
    """Remove it with everything that waits for it. Raises NotFound."""
    with transaction.atomic():
        endpoint = own(account_id, endpoint_id, lock=True)
        _record("webhook.endpoint_removed", endpoint, actor)
        endpoint.delete()


def own(account_id: UUID, endpoint_id: UUID, *, lock: bool = False) -> Endpoint:
    """The account's endpoint of this id. Raises NotFound, also for another account's."""
    mine = Endpoint.objects.select_for_update() if lock else Endpoint.objects
    found = mine.filter(account_id=account_id, id=endpoint_id).first()
    if found is None:
        raise NotFound
    return found


def secrets_in_force(endpoint: Endpoint) -> list[str]:
    """The secrets that sign now, the new one first."""
    both = endpoint.old_secret is not None and endpoint.old_until is not None and now() < endpoint.old_until
    return [endpoint.secret, str(endpoint.old_secret)] if both else [endpoint.secret]


def _codes(events: Sequence[str]) -> list[str]:
    codes = sorted(set(events))
    if len(codes) > 60 or not all(len(each) <= 60 and CODE.fullmatch(each) for each in codes):
        raise EventsRefused
    return codes


def _record(action: str, endpoint: Endpoint, actor: Actor) -> None:
    target = f"post_webhooks.Endpoint:{endpoint.id}"
    record(action, actor=actor, account_id=endpoint.account_id, target=target)
