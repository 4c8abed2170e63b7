"""Erasing a person: intent, ledger, rows, key, tombstone. Killed anywhere, it goes on where it stopped."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, notices, post
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.keys.services.holders import retire_passkey
from allonce.kernel.accounts.models import Account, Membership, Passkey, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import sessions
from allonce.kernel.accounts.services.people import one_line
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy import ledger, ports
from allonce.kernel.privacy.rights.disposal import dispose, parts_of
from allonce.kernel.privacy.rights.models import Erasure
from allonce.kernel.privacy.rights.services import letters
from allonce.kernel.vault import INSTALL, Scope, destroy_key, files
from allonce.kernel.vault.errors import VaultError

State = Erasure.State
POSTPONED = "rights.erasure_postponed"


class NameDiffers(UserError):
    """Erasure asks for the person's own name, so that nobody is erased by a slip."""

    code = "name_differs"
    message = gettext_lazy("Type your name as it stands above.")


class AnswersForAccounts(UserError):
    """The only owner of an account hands it over or ends it first."""

    code = "answers_for_accounts"
    status = 409
    message = gettext_lazy("You alone answer for an account. Make a colleague owner, or let the account end with you.")


def erase_person(person_id: UUID, *, actor: Actor, end_accounts: bool = False) -> Erasure:
    """Erase this person in all services at once, for themself or for a request that staff decided.

    Under a legal hold it waits, the person is told why, and the daily job takes it up when the hold has gone.
    Raises NotFound, or AnswersForAccounts unless the accounts that only they own are to end too.
    """
    with tenancy.across_accounts():
        erasure = _intend(person_id, actor, end_accounts)
        if erasure.state != State.WAITING:
            carry_out(erasure.id)
    erasure.refresh_from_db()
    return erasure


def erase_myself(person: Person, name: str, *, actor: Actor, end_accounts: bool = False) -> Erasure:
    """As erase_person, for somebody who typed their own name. Raises NameDiffers besides."""
    if one_line(name).casefold() != one_line(person.name).casefold():
        raise NameDiffers(fields={"name": str(NameDiffers.message)})
    return erase_person(person.id, actor=actor, end_accounts=end_accounts)


def carry_out(erasure_id: UUID, *, tell: bool = True) -> None:
    """Do what is left of an erasure; nothing if it is done, or if a hold came between."""
    with tenancy.across_accounts():
        erasure = Erasure.objects.filter(pk=erasure_id).first()
        if erasure is None or erasure.subject_id is None or (tell and _is_held(erasure)):
            return
        scope = Scope("person", erasure.subject_id)
        ledger.note_erasure(scope)
        _remove_rows(erasure_id, scope, tell=tell)
        files.delete_scope(scope)
        destroy_key(scope)
        _bury(erasure_id)


def unfinished() -> list[UUID]:
    """Erasures that a kill or a hold stopped, oldest first."""
    rows = Erasure.objects.exclude(state=State.DONE).order_by("asked_at")
    return list(rows.values_list("id", flat=True))


def replay() -> int:
    """After a restore: erase again everybody who stands in the ledger. Returns how many were there again."""
    marks = {line.mark for line in ledger.lines() if line.kind == "person"}
    known = Person.objects.values_list("id", flat=True) if marks else ()
    again = [person_id for person_id in known if ledger.mark_of(Scope("person", person_id)) in marks]
    for person_id in again:
        _erase_again(person_id)
    return len(again)


def _erase_again(person_id: UUID) -> None:
    mark = ledger.mark_of(Scope("person", person_id))
    fresh = {"subject_id": person_id, "state": State.INTENDED, "actor_kind": "system", "done_at": None}
    erasure, _made = Erasure.objects.update_or_create(mark=mark, defaults=fresh)
    carry_out(erasure.id, tell=False)


def sole_accounts(person_id: UUID) -> list[Account]:
    """The running accounts for which nobody else answers."""
    owned = Membership.objects.filter(person_id=person_id, role=Role.OWNER).select_related("account")
    others = Membership.objects.filter(role=Role.OWNER).exclude(person_id=person_id)
    alone = owned.exclude(account_id__in=others.values("account_id"))
    ender = ports.account_ender()
    return [each.account for each in alone if ender is None or not ender.is_ending(each.account_id)]


@transaction.atomic
def _intend(person_id: UUID, actor: Actor, end_accounts: bool) -> Erasure:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    known = Erasure.objects.filter(subject_id=person_id).first()
    if known is not None:
        return known
    _settle_accounts(person_id, actor, end_accounts)
    scope = Scope("person", person_id)
    holds = ports.holds_on(scope)
    erasure = Erasure.objects.create(
        mark=ledger.mark_of(scope),
        subject_id=person_id,
        state=State.WAITING if holds else State.INTENDED,
        actor_kind=actor.kind,
        actor_id=actor.id,
    )
    if holds:
        notices.notify(person, POSTPONED, letters.postponed(holds))
    else:
        sessions.end_others(person, but=None, actor=actor)
    audit.record("rights.erasure_asked", actor=actor, target=f"rights.Erasure:{erasure.id}")
    return erasure


def _settle_accounts(person_id: UUID, actor: Actor, end_accounts: bool) -> None:
    alone, ender = sole_accounts(person_id), ports.account_ender()
    if alone and (ender is None or not end_accounts):
        raise AnswersForAccounts
    for account in alone if ender else ():
        ender.end(account.id, actor)  # type: ignore[union-attr]  # asked in the line before


def _is_held(erasure: Erasure) -> bool:
    """Whether rows must wait. Once they have gone there is nothing left to hold."""
    if erasure.state not in (State.WAITING, State.INTENDED) or erasure.subject_id is None:
        return False
    return bool(ports.holds_on(Scope("person", erasure.subject_id)))


@transaction.atomic
def _remove_rows(erasure_id: UUID, scope: Scope, *, tell: bool) -> None:
    """All rows in one transaction: a kill leaves all of them or none. Says goodbye while the address is known."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    if erasure.state not in (State.WAITING, State.INTENDED):
        return
    actor = Actor(kind=erasure.actor_kind, id=erasure.actor_id)  # type: ignore[arg-type]  # written from an Actor
    address = _address(scope) if tell else None
    _let_go(scope.id, actor)
    parts = parts_of(scope)
    for part in parts:
        dispose(part)
    erasure.counts = {part.label: len(part.ids) for part in parts}
    erasure.kept = [part.label for part in parts if part.fate in ("stays", "copied")]
    erasure.state = State.ROWS_GONE
    erasure.save(update_fields=["counts", "kept", "state"])
    if address:
        post.send(post.letter(INSTALL, "rights.erased", address, letters.erased(erasure.kept)))


def _let_go(person_id: UUID, actor: Actor) -> None:
    """What hangs on the person in ways that no declaration tells: keys held by passkeys, and what listeners know."""
    for credential_id in Passkey.objects.filter(person_id=person_id).values_list("credential_id", flat=True):
        retire_passkey(credential_id, actor=actor)
    for listener in ports.erasure_listeners():
        listener.before_erasure(person_id, actor)


def _address(scope: Scope) -> str | None:
    person = Person.objects.filter(pk=scope.id).first()
    try:
        return person.email if person else None
    except VaultError:
        return None  # a copy from a backup whose key is gone: they were told when it happened


@transaction.atomic
def _bury(erasure_id: UUID) -> None:
    erasure = Erasure.objects.select_for_update().get(pk=erasure_id)
    if erasure.state == State.DONE:
        return
    erasure.subject_id, erasure.state, erasure.done_at = None, State.DONE, now()
    erasure.save(update_fields=["subject_id", "state", "done_at"])
    actor = Actor(kind=erasure.actor_kind, id=erasure.actor_id)  # type: ignore[arg-type]  # written from an Actor
    audit.record("rights.erased", actor=actor, target=f"rights.Erasure:{erasure.id}")
