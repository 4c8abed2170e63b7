"""Contacts whom a member never wants to meet here: known again by keyed hashes, told to nobody, the member included.

Whoever hides a number must not learn from it whose it is. So it changes nothing that the member sees already (there a
block helps), and taken back it counts for a day: nobody disappears or comes back as it is pressed.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts import throttle
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.vault import blind_index
from allonce.products.dating.models import HiddenContact, Member
from allonce.products.dating.noon import LASTS
from allonce.products.dating.noticing import contacts as reading

MOST = 3000
LONGEST_TEXT = 400_000
PER_MEMBER = (20, timedelta(days=1))


class NoContacts(UserError):
    """No number and no address in it."""

    code = "no_contacts"
    status = 422
    message = gettext_lazy(
        "There is no telephone number and no email address in it. Write one on each line, such as +44 7400 123456 or "
        "sam@example.org."
    )


class TooManyContacts(UserError):
    """More than fit."""

    code = "too_many_contacts"
    status = 422
    message = gettext_lazy("There is room for 3000 contacts. Leave some out, and nothing was changed.")


@transaction.atomic
def hide(member: Member, text: str) -> int:
    """Keep apart from everybody who has, or will have, one of these numbers and addresses. Audited.

    Returns how many of them are hidden now, whether they are anybody's or not. Raises NoContacts, TooManyContacts or
    TooMany.
    """
    throttle.hit("dating-contacts", member.id.hex, *PER_MEMBER)
    if len(text) > LONGEST_TEXT:
        raise TooManyContacts
    found = reading.read(text, settings.REGION)
    if not len(found):
        raise NoContacts
    marks = {_phone(each) for each in found.numbers} | {_mail(each) for each in found.addresses}
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = set(member.hidden_contacts.values_list("mark", flat=True))
    if len(known | marks) > MOST:
        raise TooManyContacts
    HiddenContact.objects.bulk_create([HiddenContact(by=member, mark=each) for each in sorted(marks - known)])
    for start in range(0, len(marks), 500):
        member.hidden_contacts.filter(mark__in=sorted(marks)[start : start + 500]).update(until=None)
    _record("dating.contacts_hidden", member)
    return len(marks)


@transaction.atomic
def show_all(member: Member) -> None:
    """Take all of them back; a day later nothing of them is left. Audited."""
    if member.hidden_contacts.standing().update(until=now() + LASTS):
        _record("dating.contacts_shown", member)


def count(member: Member) -> int:
    """How many are hidden."""
    return member.hidden_contacts.standing().count()


def hides(by: UUID, other: Member) -> bool:
    """Whether the first hid the other."""
    return HiddenContact.objects.in_force().filter(by=by, mark__in=_marks(other)).exists()


def between(one: Member, other: Member) -> bool:
    """Whether either hid the other."""
    return hides(one.id, other) or hides(other.id, one)


def apart_from(member: Member) -> QuerySet[Member]:
    """Everybody whom this member hid, or who hid this member."""
    mine = HiddenContact.objects.in_force().filter(by=member)
    theirs = HiddenContact.objects.in_force().filter(mark__in=_marks(member))
    hidden = Q(phone_index__in=mine.values("mark")) | Q(person__email_index__in=mine.values("mark"))
    return Member.objects.filter(hidden | Q(pk__in=theirs.values("by"))).exclude(pk=member.pk)


def pairs_in(zone: str) -> Iterator[tuple[UUID, UUID]]:
    """Pairs of which one, in this zone, hid the other."""
    rows = HiddenContact.objects.in_force().filter(by__zone=zone)
    yield from _found(rows)


def pairs_among(ids: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """The same among these few members."""
    yield from _found(HiddenContact.objects.in_force().filter(by__in=ids))


def forget() -> int:
    """Delete what was taken back a day ago; returns how many."""
    return HiddenContact.objects.filter(until__lte=now()).delete()[0]


def _found(rows: QuerySet[HiddenContact]) -> Iterator[tuple[UUID, UUID]]:
    by_number = Member.objects.filter(phone_index=OuterRef("mark"))
    by_address = Member.objects.filter(person__email_index=OuterRef("mark"))
    hits = rows.filter(Exists(by_number) | Exists(by_address))
    whose = Coalesce(Subquery(by_number.values("pk")[:1]), Subquery(by_address.values("pk")[:1]))
    hits = hits.annotate(whose=whose).exclude(whose=F("by"))
    yield from hits.values_list("by_id", "whose").iterator(5000)


def _marks(member: Member) -> list[str]:
    return [each for each in (member.phone_index, member.person.email_index) if each]


def _mail(address: str) -> str:
    return blind_index("accounts.Person.email", address)


def _phone(number: str) -> str:
    return blind_index("dating.Member.phone", number)


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
