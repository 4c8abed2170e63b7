"""When a password may have been stolen."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.devices.services.codes import withdraw_codes_of
from allonce.kernel.accounts.devices.services.unregistering import unregister_devices_of
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.models import MailedToken, Person, SignInSession, User
from allonce.kernel.accounts.ports import compromise_listeners
from allonce.kernel.accounts.services import sessions, traces
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now


@transaction.atomic
def report(session: SignInSession, phones_of: AccountAccess | None = None) -> int:
    """The person suspects theft: every other session and open link ends, and a new password must be
    chosen before anything else. An owner may have the account's phones unregistered as well; that wipes
    them, so it is never done unasked. Returns how many sessions ended. Audited."""
    person = session.person
    actor = sessions.actor_of(session)
    ended = sessions.end_others(person, but=session.id, actor=actor)
    _demand_new_password(person)
    withdraw_codes_of(person)
    for listener in compromise_listeners():
        listener.password_stolen(person.id, actor)
    if phones_of is not None and phones_of.is_owner:
        for user in User.objects.filter(account=phones_of.account):
            unregister_devices_of(user, actor=actor)
    _record("password.reported_stolen", person, actor)
    return ended


@transaction.atomic
def require_change(person: Person, account_id: UUID, *, actor: Actor) -> None:
    """Staff who look into an account ask a person there for a new password: all sessions end and the next
    sign-in demands it. Audited, in that account's record."""
    sessions.end_others(person, but=None, actor=actor)
    _demand_new_password(person)
    _record("password.change_required", person, actor, account_id)


@transaction.atomic
def suspend(mandate: Mandate, person: Person, *, suspended: bool) -> None:
    """Stop or restore a person's sign-in, as a named member of staff decided. Audited. Raises NoMandate."""
    actor = mandate.exercise()
    person.suspended_at = now() if suspended else None
    person.save(update_fields=["suspended_at"])
    if suspended:
        sessions.end_others(person, but=None, actor=actor)
    _record("sign_in.suspended" if suspended else "sign_in.restored", person, actor)


def _demand_new_password(person: Person) -> None:
    MailedToken.objects.filter(person=person, used_at=None).delete()
    person.password_change_required = True
    person.save(update_fields=["password_change_required"])


def _record(action: str, person: Person, actor: Actor, account_id: UUID | None = None) -> None:
    target = f"accounts.Person:{person.id}"
    audit.record(action, actor=actor, account_id=account_id or traces.account_of(actor), target=target, data={})
