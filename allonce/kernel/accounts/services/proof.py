"""The second factor of the Operator's staff: proving it in this session, and keeping thieves of a password from it."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.access import SecondFactorNeeded, current_session, is_staff
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import passkeys, recovery, sessions, sign_in
from allonce.kernel.errors import NotFound


def staff_session(request: HttpRequest) -> SignInSession:
    """The session of a member of staff, proven or not. Raises NotSignedIn, or NotFound for everybody else."""
    session = current_session(request)
    if not is_staff(session.person):
        raise NotFound
    return session


def by_passkey(request: HttpRequest, session: SignInSession, answer: dict[str, object]) -> None:
    """The browser's answer shows possession of one of the person's passkeys; PasskeyRefused otherwise. Audited."""
    passkeys.prove(request, answer, person=session.person)
    sessions.note_second_factor(session)


def by_code(session: SignInSession, code: str) -> None:
    """One of the codes kept for a lost passkey; it is used up. Raises UnableToSignIn or TooMany. Audited."""
    throttle.hit("recovery-code", str(session.person_id), *sign_in.PER_ADDRESS_AND_EMAIL)
    if not recovery.use(session.person, code):
        message = gettext_lazy("That code is not one of yours, or it was used already.")
        raise sign_in.UnableToSignIn(message)
    sessions.note_second_factor(session)


def require_before_change(session: SignInSession) -> None:
    """Staff who have a passkey change how they sign in only after using it: a stolen password must not make another.

    Raises SecondFactorNeeded.
    """
    if session.second_factor_at is None and is_staff(session.person) and session.person.passkeys.exists():
        raise SecondFactorNeeded
