"""Proof that a person decides. Whatever is done to somebody against their will asks for a Mandate.

A mandate is made only while a member of staff presses a button at the console: a signed-in, living session with a
proven second factor, and a duty that still stands. Detectors, jobs, commands and the system have no such moment, so
they cannot make one; nor does reading a page. It is spent when the decision is written, so that none can be kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.access import READING, StaffAccess, current_session, duties_of
from allonce.kernel.accounts.models import Account, Membership, SignInSession
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError

# The session whose button is being pressed in this very request; set by the console's door alone.
_pressing: ContextVar[UUID | None] = ContextVar("pressing", default=None)
_SEAL = object()


class NoMandate(UserError):
    """No member of staff with the duty, signed in with a second factor, stands behind this."""

    code = "no_mandate"
    status = 403
    message = gettext_lazy("Only a signed-in member of staff with this duty can decide that.")


class Mandate:
    """A named person's decision, while it is being carried out. Made by `given_by` alone."""

    def __init__(self, seal: object, staff: StaffAccess, about: str) -> None:
        if seal is not _SEAL:
            raise NoMandate
        self._actor = staff.actor
        self._about = about
        self._stands = True

    @property
    def about(self) -> str:
        """The case that was decided, as the audit record names it."""
        return self._about

    def exercise(self) -> Actor:
        """Who acts, for the audit record. Raises NoMandate once the decision is over."""
        if not self._stands:
            raise NoMandate
        return self._actor

    def _spend(self) -> None:
        self._stands = False


@contextmanager
def given_by(staff: StaffAccess, duty: str, about: str) -> Iterator[Mandate]:
    """A mandate to carry out what this member of staff decides in case `about`. Raises NoMandate.

    Nothing that `staff` says of itself is believed: session, second factor, membership and duty are read afresh.
    """
    if staff.actor.via is None or _pressing.get() != staff.actor.via or not _stands_behind(staff, duty):
        raise NoMandate
    mandate = Mandate(_SEAL, staff, about)
    try:
        yield mandate
    finally:
        mandate._spend()


@contextmanager
def at_the_console(request: HttpRequest) -> Iterator[None]:
    """Entered by the console's door for each request; only pressing a button counts, opening a page does not."""
    pressed = None if request.method in READING else current_session(request).id
    before = _pressing.set(pressed)
    try:
        yield
    finally:
        _pressing.reset(before)


def _stands_behind(staff: StaffAccess, duty: str) -> bool:
    living = SignInSession.objects.filter(person=staff.person, ended_at=None)
    session = living.filter(pk=staff.actor.via).first() if staff.actor.via else None
    if session is None or session.second_factor_at is None or staff.actor.id != session.person_id:
        return False
    memberships = Membership.objects.filter(person_id=session.person_id, person__suspended_at=None)
    membership = memberships.filter(account__kind=Account.Kind.OPERATOR).first()
    return membership is not None and duty in duties_of(membership)
