"""The port through which products ask who may use which service.

Until billing comes, entitlements are granted by hand from the Operator's console.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.models import Account, Entitlement
from allonce.kernel.accounts.models.entitlements import Service
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import UserError


class NotSubscribed(UserError):
    """The account may not use this service now."""

    code = "subscription_off"
    status = 403


class UnableToGrant(UserError):
    """The service or the date does not make sense."""

    code = "unable_to_grant"


def standing(account_id: UUID) -> QuerySet[Entitlement]:
    """What the account may use today."""
    return Entitlement.objects.filter(account_id=account_id, withdrawn_at=None, until__gte=today())


def allows(account_id: UUID, service: str) -> bool:
    """True while the account holds a standing entitlement to the service."""
    return standing(account_id).filter(service=service).exists()


def require(account_id: UUID, service: str) -> None:
    """Raise NotSubscribed unless the account may use the service today."""
    if not allows(account_id, service):
        raise NotSubscribed(_("This account has no running subscription to %s.") % Service(service).label)


@transaction.atomic
def grant(account_id: UUID, service: str, until: date, *, actor: Actor) -> Entitlement:
    """Let the account use the service through `until`, replacing what it held; audited."""
    if service not in Service.values:
        raise UnableToGrant(_("Choose one of the services."), fields={"service": _("Choose one.")})
    if Account.objects.filter(pk=account_id, ended_at__isnull=False).exists():
        raise UnableToGrant(_("The agreement of this account has ended."))
    if until < today():
        raise UnableToGrant(_("That day is past."), fields={"until": _("Choose today or later.")})
    _end(Entitlement.objects.filter(account_id=account_id, service=service))
    granted = Entitlement.objects.create(account_id=account_id, service=service, until=until, granted_by_id=actor.id)
    _record("entitlement.granted", granted, actor, {"service": service, "until": until.isoformat()})
    return granted


@transaction.atomic
def withdraw(entitlement: Entitlement, *, actor: Actor) -> None:
    """End the account's use of a service now; audited."""
    if not _end(Entitlement.objects.filter(pk=entitlement.pk)):
        return
    _record("entitlement.withdrawn", entitlement, actor, {"service": entitlement.service})


def _end(entitlements: QuerySet[Entitlement]) -> int:
    return entitlements.filter(withdrawn_at=None).update(withdrawn_at=now())


def _record(action: str, entitlement: Entitlement, actor: Actor, data: dict[str, Any]) -> None:
    target = f"accounts.Entitlement:{entitlement.pk}"
    audit.record(action, actor=actor, account_id=entitlement.account_id, target=target, data=data)
