"""Joining by email and text message: two codes, then a name and a password; nothing before the age is known to fit."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.models import Account, Person
from allonce.kernel.accounts.services import people, sessions
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.legal.ages import require_age
from allonce.kernel.post.sms.gateway import configured
from allonce.kernel.post.sms.numbers import readable_number
from allonce.kernel.vault import INSTALL
from allonce.products.dating import codes
from allonce.products.dating.models import JoinRequest, Member
from allonce.products.dating.services import barring

LASTS = timedelta(minutes=30)
MOST_TRIES = 6
PER_ADDRESS = (20, timedelta(hours=1))
PER_EMAIL = (5, timedelta(hours=1))
PER_NUMBER = (4, timedelta(hours=1))


class CodesWrong(UserError):
    """One of the two codes is not the one that was sent."""

    code = "codes_wrong"
    status = 422
    message = gettext_lazy("One of the codes is not right. Look at the latest mail and the latest text message.")


class NumberKnown(UserError):
    """The number, now proved, already belongs to a member."""

    code = "number_known"
    status = 409
    message = gettext_lazy("A member has this number already. Sign in, or join with a number of your own.")


class JoinOver(UserError):
    """The request ran out, was used, or its codes were tried too often."""

    code = "join_over"
    status = 410
    message = gettext_lazy("This attempt is over. Start again: it takes a minute.")


class CannotText(UserError):
    """No gateway, so that no number can be proved."""

    code = "cannot_text"
    status = 503
    message = gettext_lazy("Nobody can join at the moment: text messages cannot be sent. Try again later.")


@dataclass(frozen=True)
class NewMember:
    first_name: str
    password: str


def ask(request: HttpRequest, email: str, phone: str, birth: date) -> JoinRequest:
    """Send a code to the address and one to the number.

    Raises TooYoung before anything is kept, NumberRefused, CannotText or TooMany. Whoever is known already gets a
    mail that says so instead of a code; the page is the same.
    """
    require_age("dating", birth)
    gateway = configured()
    if gateway is None:
        raise CannotText
    number = readable_number(phone, connector=gateway.connector)
    throttle.hit("dating-join", client_address(request), *PER_ADDRESS)
    throttle.hit("dating-join-email", email.casefold(), *PER_EMAIL)
    throttle.hit("dating-join-number", number, *PER_NUMBER)
    with transaction.atomic():
        made = JoinRequest(email=email.strip(), phone=number, birth_date=birth.isoformat())
        made.expires_at = now() + LASTS
        by_mail, by_text = codes.new_code(), codes.new_code()
        made.mail_code = codes.hash_of(by_mail, made.id, "mail")
        made.text_code = codes.hash_of(by_text, made.id, "text")
        made.save(force_insert=True)
        send_mail(made.email, by_mail)
        _send_text(made, by_text)
    return made


def finish(request: HttpRequest, join_id: UUID, mail_code: str, text_code: str, new: NewMember) -> Member:
    """Make the person and the member, and sign them in here. Audited.

    Raises CodesWrong, JoinOver, NumberKnown, Barred or UnfitPassword.
    """
    asked = open_request(join_id)
    if not _codes_fit(asked, mail_code, text_code):
        # Outside the transaction below, so that a wrong try counts.
        JoinRequest.objects.filter(pk=asked.pk).update(tries=F("tries") + 1)
        raise CodesWrong
    with transaction.atomic():
        member = _made(asked, new)
        sessions.start(request, member.person, means="sign_up")
    return member


def open_request(join_id: UUID) -> JoinRequest:
    """The request, while it lasts. Raises JoinOver."""
    asked = JoinRequest.objects.filter(pk=join_id, used_at=None, expires_at__gt=now()).first()
    if asked is None or asked.tries >= MOST_TRIES:
        raise JoinOver
    return asked


def _made(asked: JoinRequest, new: NewMember) -> Member:
    if not JoinRequest.objects.filter(pk=asked.pk, used_at=None).update(used_at=now()):
        raise JoinOver
    if Person.objects.with_email(asked.email) is not None:
        # Their code was never sent, so only a guess leads here.
        raise JoinOver
    barring.require_welcome(asked.email, asked.phone)
    person = people.create_person(people.NewPerson(asked.email, new.first_name, new.password))
    Person.objects.filter(pk=person.pk).update(email_verified_at=now())
    return begin(person, new.first_name, date.fromisoformat(asked.birth_date), asked.phone)


def begin(person: Person, first_name: str, birth: date, phone: str | None) -> Member:
    """A member who still has to say where they are and whom they hope to meet. Audited.

    Raises TooYoung, or NumberKnown: nobody joins twice.
    """
    require_age("dating", birth)
    member = Member(person=person, first_name=people.one_line(first_name), birth_date=birth.isoformat(), phone=phone)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as error:
        raise NumberKnown from error
    actor = Actor(kind="person", id=person.id)
    audit.record("dating.joined", actor=actor, target=f"dating.Member:{member.id}", data={})
    return member


def operator_account() -> Account:
    """The Operator's own account, on whose behalf members are texted. Raises NotFound on a bare installation."""
    found = Account.objects.filter(kind=Account.Kind.OPERATOR).order_by("created_at").first()
    if found is None:
        raise NotFound
    return found


def _codes_fit(asked: JoinRequest, mail_code: str, text_code: str) -> bool:
    by_mail = codes.is_right(mail_code, asked.mail_code, asked.id, "mail")
    by_text = codes.is_right(text_code, asked.text_code, asked.id, "text")
    return by_mail and by_text


def send_mail(email: str, code: str) -> None:
    """Mail a code; to somebody who is known already a word instead."""
    if Person.objects.with_email(email) is not None:
        words = post.Words(
            subject=_("You are here already"),
            paragraphs=[
                _("Somebody, probably you, wanted to join with this address. It has a sign-in already: use that one."),
                _("If it was not you, there is nothing to do."),
            ],
        )
    else:
        words = post.Words(
            subject=_("%(code)s is your code") % {"code": code},
            paragraphs=[_("Type %(code)s where you are joining. It serves for half an hour.") % {"code": code}],
            closing=[_("If you did not ask for it, there is nothing to do: without it nobody can join as you.")],
        )
    post.send(post.letter(INSTALL, "dating.join", email.strip(), words))


def _send_text(asked: JoinRequest, code: str) -> None:
    text = _("%(code)s is your code. Tell it to nobody.") % {"code": code}
    key = f"dating.join:{asked.id.hex}"
    post.send_sms(operator_account().id, asked.phone, text, key=key, consent=key)
