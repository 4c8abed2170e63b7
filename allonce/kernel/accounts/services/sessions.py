"""Signing in and out: each browser is one session that its owner can see and end."""

from uuid import UUID

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.device_names import describe
from allonce.kernel.accounts.models import Membership, Person, SignInSession
from allonce.kernel.accounts.services import known_browsers, traces
from allonce.kernel.accounts.session_store import SIGN_IN
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound

BACKEND = "allonce.kernel.accounts.backends.PersonBackend"
SESSION_KEY = SIGN_IN
# A passkey is something one has, opened by something one knows or is; a code comes after the password.
# The demo's doors exist in the demo alone.
PROVES_MORE_THAN_A_PASSWORD = {"passkey", "recovery_code", "demo"}


@transaction.atomic
def start(request: HttpRequest, person: Person, *, means: str) -> SignInSession:
    """Sign the person in, in this browser; audited with the means.

    Those are password, passkey, recovery_code, provider (a linked service), sign_up, invitation and demo.
    """
    login(request, person, backend=BACKEND)
    first = Membership.objects.filter(person=person).order_by("created_at").first()
    session = SignInSession(
        person=person,
        account_id=first.account_id if first else None,
        device=describe(request.headers.get("User-Agent", "")),
        second_factor_at=now() if means in PROVES_MORE_THAN_A_PASSWORD else None,
    )
    session.save(force_insert=True)
    request.session[SESSION_KEY] = session.id.hex
    request.sign_in_session = session  # type: ignore[attr-defined]
    known_browsers.remember(request, person)
    traces.keep_browser(session, session.account_id)
    _record("session.started", session, actor_of(session), {"means": means})
    return session


@transaction.atomic
def note_second_factor(session: SignInSession) -> None:
    """A passkey or a recovery code was used in this session just now; audited."""
    session.second_factor_at = now()
    session.save(update_fields=["second_factor_at"])
    _record("session.second_factor", session, actor_of(session), {})


def finish(request: HttpRequest) -> None:
    """Sign out here."""
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    if session is not None:
        end(session.person, session.id, actor=actor_of(session))
    logout(request)


def living(session_id: str) -> SignInSession | None:
    """The session kept in a browser's cookie, unless it was ended or its person suspended."""
    rows = SignInSession.objects.filter(pk=session_id, ended_at=None, person__suspended_at=None)
    return rows.select_related("person").first()


@transaction.atomic
def end(person: Person, session_id: UUID, *, actor: Actor) -> None:
    """End one of the person's sessions; NotFound for anybody else's."""
    session = SignInSession.objects.filter(person=person, pk=session_id).first()
    if session is None:
        raise NotFound
    if SignInSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now()):
        _record("session.ended", session, actor, {})


@transaction.atomic
def end_others(person: Person, *, but: UUID | None, actor: Actor) -> int:
    """End all sessions of the person except one; returns how many."""
    others = SignInSession.objects.filter(person=person, ended_at=None)
    ended = (others.exclude(pk=but) if but else others).update(ended_at=now())
    target = f"accounts.Person:{person.id}"
    audit.record(
        "session.others_ended", actor=actor, account_id=traces.account_of(actor), target=target, data={"ended": ended}
    )
    return ended


@transaction.atomic
def end_for_owner(access: AccountAccess, session_id: UUID) -> None:
    """An owner ends a session in which somebody works in the owner's account. Audited. NotFound for any other."""
    session = SignInSession.objects.filter(account=access.account, pk=session_id).select_related("person").first()
    if session is None or not access.is_owner or not _belongs(session):
        raise NotFound
    if SignInSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now()):
        _record("session.ended_by_owner", session, access.actor, {})


def switch_account(session: SignInSession, account_id: UUID) -> None:
    """Work in another of the person's accounts; NotFound when they do not belong to it."""
    if not Membership.objects.filter(person=session.person, account_id=account_id).exists():
        raise NotFound
    SignInSession.objects.filter(pk=session.pk).update(account_id=account_id, look=None)
    traces.keep_browser(session, account_id)


def leave_look(session: SignInSession) -> None:
    """Stop reading another's account in this browser; the look itself runs on until it ends."""
    SignInSession.objects.filter(pk=session.pk).update(look=None)


def actor_of(session: SignInSession) -> Actor:
    """The person of this session, as the audit record names them."""
    return Actor(kind="person", id=session.person_id, via=session.id)


def _belongs(session: SignInSession) -> bool:
    account = session.account_id
    return account is not None and Membership.objects.filter(person=session.person, account_id=account).exists()


def _record(action: str, session: SignInSession, actor: Actor, data: dict[str, str]) -> None:
    target = f"accounts.SignInSession:{session.id}"
    audit.record(action, actor=actor, account_id=session.account_id, target=target, data=data)
