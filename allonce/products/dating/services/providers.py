"""Coming with another service's account: signing in, linking, and joining with what the member has checked.

Nothing of a newcomer is kept before they agree: what came over travels through their own page, signed, and back.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from allonce.kernel import audit
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services import people, sessions, sign_in
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.legal.ages import require_age
from allonce.kernel.vault import INSTALL, keyed_hash
from allonce.products.dating import codes
from allonce.products.dating.models import Member, ProviderLink
from allonce.products.dating.oauth import client
from allonce.products.dating.oauth.errors import KnownAddress, LinkedElsewhere, VisitOver
from allonce.products.dating.oauth.profile import Profile
from allonce.products.dating.services import barring, joining, photos, profile

SALT = "dating.provider"
KEY = "dating_provider_joining"
LASTS = timedelta(minutes=30)
WAY = "provider"


@dataclass(frozen=True)
class Arrival:
    """A newcomer whom the provider has named, as their own page carries it until they have checked everything.

    `browser` ties it to the browser that it came to; `proved` is set once the mailbox is known to be theirs.
    """

    mark: str = field(repr=False)
    email: str = field(repr=False)
    proved: bool
    picture: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True)
class Checked:
    """What the member has looked at, changed and agreed to."""

    first_name: str
    birth: date
    interests: list[str]
    takes_picture: bool


def mark_of(subject: str) -> str:
    """How an account of the provider is known again, without its id."""
    return keyed_hash(INSTALL, "dating.provider", f"{client.required().client}:{subject}")


def sign_in_known(request: HttpRequest, subject: str) -> bool | None:
    """Sign in whoever has linked this account; None if nobody has, False while the second factor is to come.

    Raises UnableToSignIn for somebody who is suspended.
    """
    link = ProviderLink.objects.select_related("person").filter(mark=mark_of(subject)).first()
    return None if link is None else sign_in.vouched_for(request, link.person)


def link(person: Person, subject: str) -> None:
    """Let somebody who is signed in sign in with this account, too. Raises LinkedElsewhere. Audited."""
    mark = mark_of(subject)
    present = ProviderLink.objects.filter(person=person).first()
    if present is not None and present.mark == mark:
        return
    try:
        with transaction.atomic():
            ProviderLink.objects.create(person=person, mark=mark)
            _record("dating.provider_linked", person)
    except IntegrityError as error:
        raise LinkedElsewhere from error


@transaction.atomic
def unlink(person: Person) -> None:
    """Forget the account elsewhere; they sign in with their address from now on. Audited."""
    if ProviderLink.objects.filter(person=person).delete()[0]:
        _record("dating.provider_unlinked", person)


def arrive(request: HttpRequest, told: Profile, *, trusted: bool) -> Arrival:
    """A newcomer. Raises TooYoung, KnownAddress or TooMany; nothing is kept.

    `trusted`: the provider confirms every address that it tells.
    """
    throttle.hit("dating-join", client_address(request), *joining.PER_ADDRESS)
    if told.birth is not None:
        require_age("dating", told.birth)
    proved = bool(told.email) and (told.proved or trusted)
    if proved and Person.objects.with_email(told.email) is not None:
        # Only whoever has the mailbox comes here, so it is no secret to them.
        raise KnownAddress
    browser = secrets.token_urlsafe(16)
    request.session[KEY] = {"browser": browser, "tries": 0}
    return Arrival(mark_of(told.subject), told.email, proved, told.picture, browser)


def sealed(arrival: Arrival, **more: Any) -> str:
    """For the page to carry."""
    return signing.dumps({**asdict(arrival), **more, "until": (now() + LASTS).timestamp()}, salt=SALT, compress=True)


def opened(request: HttpRequest, carried: str) -> tuple[Arrival, Mapping[str, Any]]:
    """What a page carried, and what more was put with it. Raises VisitOver in any other browser, or later."""
    try:
        found = signing.loads(carried, salt=SALT)
    except signing.BadSignature:
        raise VisitOver from None
    kept = request.session.get(KEY)
    if not kept or not constant_time_compare(kept["browser"], found["browser"]) or now().timestamp() > found["until"]:
        raise VisitOver
    return Arrival(**{name: found[name] for name in Arrival.__dataclass_fields__}), found


def send_code(arrival: Arrival, email: str, checked: Checked) -> str:
    """Mail a code to an address that the provider has not proved; what the next page carries.

    Raises TooYoung, TooMany. Whoever is known already gets a mail that says so instead; the page is the same.
    """
    require_age("dating", checked.birth)
    throttle.hit("dating-join-email", email.casefold(), *joining.PER_EMAIL)
    number, code = uuid4(), codes.new_code()
    joining.send_mail(email, code)
    proving = Arrival(arrival.mark, email, False, arrival.picture, arrival.browser)
    given = asdict(checked) | {"birth": checked.birth.isoformat()}
    return sealed(proving, number=number.hex, code=codes.hash_of(code, number, WAY), checked=given)


def finish_with_code(request: HttpRequest, carried: str, code: str) -> Member:
    """Join once the code proves the mailbox. Raises CodeWrong, VisitOver, JoinOver, TooYoung."""
    arrival, found = opened(request, carried)
    if "code" not in found:
        raise VisitOver
    tries = request.session[KEY]["tries"] + 1
    request.session[KEY] = request.session[KEY] | {"tries": tries}
    if tries > joining.MOST_TRIES:
        raise VisitOver
    # Counted for all requests together, too: those that come at once read the same session.
    throttle.hit("dating-provider-code", found["number"], joining.MOST_TRIES, LASTS)
    if not codes.is_right(code, found["code"], UUID(hex=found["number"]), WAY):
        raise joining.CodesWrong
    given = found["checked"]
    checked = Checked(**given | {"birth": date.fromisoformat(given["birth"])})
    return join(request, Arrival(**asdict(arrival) | {"proved": True}), checked)


def join(request: HttpRequest, arrival: Arrival, checked: Checked) -> Member:
    """Make the person and the member, and sign them in here. Audited. Raises VisitOver, JoinOver, TooYoung or
    Barred.

    Without a password of their own: whoever wants one asks for it at the sign-in, by mail.
    """
    if not arrival.proved:
        raise VisitOver
    require_age("dating", checked.birth)
    try:
        with transaction.atomic():
            member = _made(arrival, checked)
    except IntegrityError as error:
        raise joining.JoinOver from error
    request.session.pop(KEY, None)
    sessions.start(request, member.person, means="sign_up")
    return member


def _made(arrival: Arrival, checked: Checked) -> Member:
    if Person.objects.with_email(arrival.email) is not None:
        raise joining.JoinOver
    barring.require_welcome(arrival.email, provider=arrival.mark)
    new = people.NewPerson(arrival.email, checked.first_name, secrets.token_urlsafe(32))
    person = people.create_person(new)
    Person.objects.filter(pk=person.pk).update(email_verified_at=now())
    ProviderLink.objects.create(person=person, mark=arrival.mark)
    _record("dating.provider_linked", person)
    member = joining.begin(person, checked.first_name, checked.birth, None)
    profile.describe(member, profile.Words(checked.first_name, "", checked.interests, {}))
    return member


def take_picture(member: Member, address: str) -> bool:
    """Take the provider's picture over, as if the member had added it; False if it cannot be used."""
    data = client.picture_at(address)
    if data is None:
        return False
    try:
        photos.take(member, data, "picture.jpg")
    except UserError:
        return False
    return True


def preview(address: str) -> str:
    """The picture, small, as part of the page itself; empty if it cannot be used. Nothing is kept of it."""
    data = client.picture_at(address) if address else None
    return photos.small_preview(data) if data else ""


def is_linked(person: Person) -> bool:
    """Whether they sign in with an account elsewhere."""
    return ProviderLink.objects.filter(person=person).exists()


def person_here(person_id: str) -> Person:
    """Who had begun the visit. Raises NotFound."""
    found = Person.objects.filter(pk=UUID(person_id)).first()
    if found is None:
        raise NotFound
    return found


def _record(action: str, person: Person) -> None:
    actor = Actor(kind="person", id=person.id)
    audit.record(action, actor=actor, target=f"accounts.Person:{person.id}", data={})
