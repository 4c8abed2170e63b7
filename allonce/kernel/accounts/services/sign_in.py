"""Checking who somebody is: password first, and a second factor where the person asked for one."""

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy

from allonce.kernel import vault
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import known_browsers, passwords, recovery, sessions
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError

PENDING_KEY = "second_factor_for"
PER_ADDRESS_AND_EMAIL = (10, timedelta(minutes=15))
PER_EMAIL = (50, timedelta(hours=1))
PER_ADDRESS = (100, timedelta(minutes=15))
SUBSCRIBER_BITS = 64
SECOND_FACTOR_WITHIN = timedelta(minutes=10)


class UnableToSignIn(UserError):
    """Wrong password, unknown person or suspended sign-in: deliberately one answer."""

    code = "unable_to_sign_in"
    status = 403
    message = gettext_lazy("That email and password do not belong together. Check both and try again.")


def with_password(request: HttpRequest, email: str, password: str) -> bool:
    """Sign in. False when the password is right and the second factor is still to come.

    Raises UnableToSignIn, or TooMany after too many tries.
    """
    count_try(request, email)
    person = Person.objects.with_email(email)
    if not passwords.matches(person, password) or person is None or not person.is_active:
        raise UnableToSignIn
    throttle.forget("sign-in", _pair(request, email), PER_ADDRESS_AND_EMAIL[1])
    if person.second_factor:
        _wait_for_second_factor(request, person)
        return False
    sessions.start(request, person, means="password")
    return True


def vouched_for(request: HttpRequest, person: Person) -> bool:
    """Sign in somebody for whom a service vouches that they have linked. False when the second factor is still to come.

    Raises UnableToSignIn for somebody who is suspended.
    """
    if not person.is_active:
        raise UnableToSignIn(gettext_lazy("This sign-in is suspended. Write to support if that is wrong."))
    if person.second_factor:
        _wait_for_second_factor(request, person)
        return False
    sessions.start(request, person, means="provider")
    return True


def pending_person(request: HttpRequest) -> Person | None:
    """Whose password was right a moment ago in this browser, and still is, waiting for the second factor."""
    waiting = request.session.get(PENDING_KEY)
    if waiting is None or now().timestamp() > waiting["until"]:
        return None
    person = Person.objects.filter(pk=UUID(waiting["person"]), suspended_at=None).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), waiting["password"]):
        return None
    return person


def with_recovery_code(request: HttpRequest, code: str) -> None:
    """Finish a sign-in with one of the codes kept for a lost passkey; UnableToSignIn otherwise."""
    person = pending_person(request)
    if person is None:
        raise UnableToSignIn
    throttle.hit("recovery-code", str(person.id), *PER_ADDRESS_AND_EMAIL)
    if not recovery.use(person, code):
        raise UnableToSignIn(gettext_lazy("That code is not one of yours, or it was used already."))
    sessions.start(request, person, means="recovery_code")


def count_try(request: HttpRequest, email: str) -> None:
    """Slow down guessing: by address, by email, and closest where both are the same.

    A browser in which this person signed in before is counted apart, so that strangers' guesses do not lock them out.
    """
    throttle.hit("sign-in-address", client_address(request), *PER_ADDRESS)
    browser = known_browsers.known_as(request, email)
    if browser:
        throttle.hit("sign-in-browser", browser, *PER_ADDRESS_AND_EMAIL)
        return
    throttle.hit("sign-in-email", email, *PER_EMAIL)
    throttle.hit("sign-in", _pair(request, email), *PER_ADDRESS_AND_EMAIL)


def client_address(request: HttpRequest) -> str:
    """Where the request comes from, as far as one subscriber's line goes: of IPv6 the first 64 bits."""
    given = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, SUBSCRIBER_BITS), strict=False))
    return str(address)


def _wait_for_second_factor(request: HttpRequest, person: Person) -> None:
    request.session[PENDING_KEY] = {
        "person": person.id.hex,
        "until": (now() + SECOND_FACTOR_WITHIN).timestamp(),
        "password": person.get_session_auth_hash(),
    }


def _pair(request: HttpRequest, email: str) -> str:
    return f"{client_address(request)} {vault.one_spelling(email)}"
