"""Placing and releasing legal holds. Whoever one is about is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel import audit, notices, post
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.privacy.retention.models import LegalHold
from allonce.kernel.privacy.retention.owners import OWNERS, owners_of, scope_named
from allonce.kernel.vault import Scope

KIND = "retention.hold"


class UnableToHold(UserError):
    """There is nothing of that id to hold, or the day does not make sense; `fields` says what."""

    code = "unable_to_hold"


@dataclass(frozen=True)
class NewHold:
    """What to hold: all of an account or person by its id, or one row when `table` names its model."""

    kind: str
    id: str
    reason: str
    authority: str = ""
    until: date | None = None
    table: str = ""


@transaction.atomic
def place(staff: StaffAccess, new: NewHold) -> LegalHold:
    """Stop every deletion of what is named, from now on; audited, and told to whom it concerns. UnableToHold."""
    if new.until is not None and new.until < today():
        raise UnableToHold(_("That day is past."), fields={"until": _("Choose today or later, or leave it empty.")})
    scope, row = _found(new)
    hold = LegalHold(scope_kind=scope.kind, scope_id=scope.id, table=new.table, row=row, placed_by=staff.person.id)
    hold.reason, hold.authority, hold.until = new.reason.strip(), new.authority.strip() or None, new.until
    hold.save(force_insert=True)
    _tell(hold, _words_of_placing(hold))
    _record("hold.placed", hold, staff)
    return hold


@transaction.atomic
def release(staff: StaffAccess, hold_id: UUID) -> None:
    """Let deletion go on where it stopped; audited and told. What was copied for the hold goes within the hour."""
    hold = LegalHold.objects.select_for_update().filter(pk=hold_id, released_at=None).first()
    if hold is None:
        raise NotFound
    hold.released_at, hold.released_by = now(), staff.person.id
    hold.save(update_fields=["released_at", "released_by"])
    _tell(hold, _words_of_releasing())
    _record("hold.released", hold, staff)


def _found(new: NewHold) -> tuple[Scope, str]:
    if new.table:
        return _owner_of_row(new.table, new.id)
    model = OWNERS.get(new.kind)
    found = _by_id(model, new.id) if model else None
    if found is None:
        raise _nothing()
    return scope_named(new.kind, found.pk), ""


def _owner_of_row(table: str, row_id: str) -> tuple[Scope, str]:
    try:
        model = apps.get_model(table)
    except (LookupError, ValueError) as error:
        raise UnableToHold(_("There is no such table."), fields={"table": _("There is no such table.")}) from error
    row = _by_id(model, row_id)
    owners = owners_of(row) if row is not None else []
    if row is None or not owners:
        raise _nothing()
    return owners[0], str(row.pk)


def _by_id(model: type[Any], row_id: str) -> Any:
    try:
        return model._base_manager.filter(pk=model._meta.pk.to_python(row_id)).first()
    except ValidationError:
        return None


def _nothing() -> UnableToHold:
    message = _("There is nothing here of that id that belongs to an account or a person.")
    return UnableToHold(message, fields={"id": message})


def _tell(hold: LegalHold, words: post.Words) -> None:
    if hold.scope_kind == "person":
        person = Person.objects.filter(pk=hold.scope_id).first()
        if person is not None:
            notices.notify(person, KIND, words)
    elif Account.objects.filter(pk=hold.scope_id).exists():
        notices.notify_owners(hold.scope_id, KIND, words)


def _words_of_placing(hold: LegalHold) -> post.Words:
    covered = _("One record of yours") if hold.table else _("What we hold of you")
    if hold.scope_kind == "account":
        covered = _("One record of your account") if hold.table else _("What we hold of your account")
    said = _("%s must be kept for now and cannot be deleted. The reason: %s") % (covered, hold.reason)
    again = _("You are told when this ends. What was to be deleted meanwhile is deleted then.")
    return post.Words(subject=_("Something of yours must be kept for now"), paragraphs=[said, again])


def _words_of_releasing() -> post.Words:
    said = _("The legal hold that we told you of has ended. What should have been deleted meanwhile is deleted now.")
    return post.Words(subject=_("A legal hold has ended"), paragraphs=[said])


def _record(action: str, hold: LegalHold, staff: StaffAccess) -> None:
    account = hold.scope_id if hold.scope_kind == "account" else None
    data = {"covers": "row" if hold.table else "whole", "of": hold.scope_kind}
    audit.record(action, actor=staff.actor, account_id=account, target=f"retention.LegalHold:{hold.id}", data=data)
