"""Restricting processing, objecting to a purpose, and taking either back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, notices, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.kernel.privacy.rights.models import Limit
from allonce.kernel.privacy.rights.processing import PROFILING, objectionable

NOTICE = timedelta(days=7)
LIFTED = "rights.restriction_lifted"


class NoSuchObjection(UserError):
    """Only purposes that rest on a legitimate interest, and profiling, can be objected to."""

    code = "no_such_objection"
    message = gettext_lazy("That purpose does not rest on an interest of ours, so there is nothing to object to.")


@transaction.atomic
def restrict(person: Person, *, ground: str = Limit.Ground.UNLAWFUL, actor: Actor) -> None:
    """From now on this person's data is stored, and used for claims and duties of law only. Audited."""
    _set(person, Limit.Kind.RESTRICTION, "", ground, actor)


@transaction.atomic
def lift_restriction(person: Person, *, actor: Actor) -> None:
    """End the restriction: the person's own at once; by anybody else after some days of which they are told first.

    UK GDPR Article 18(3). Audited.
    """
    own = actor.kind == "person" and actor.id == person.id
    ends = now() if own else now() + NOTICE
    standing = Limit.objects.filter(person=person, kind=Limit.Kind.RESTRICTION, lifted_at=None)
    if not standing.update(lifted_at=ends):
        return
    if not own:
        _tell_of_lift(person, ends)
    _record("rights.restriction_lifted", person, actor)


@transaction.atomic
def object_to(person: Person, purpose: str, *, actor: Actor) -> None:
    """Use for this purpose ("profiling" for all that evaluates people) stops. Raises NoSuchObjection. Audited."""
    if purpose != PROFILING and purpose not in objectionable():
        raise NoSuchObjection
    _set(person, Limit.Kind.OBJECTION, purpose, "", actor)


@transaction.atomic
def withdraw_objection(person: Person, purpose: str, *, actor: Actor) -> None:
    """The person has thought again. Audited."""
    standing = Limit.objects.filter(person=person, kind=Limit.Kind.OBJECTION, purpose=purpose, lifted_at=None)
    if standing.update(lifted_at=now()):
        _record("rights.objection_withdrawn", person, actor, purpose=purpose)


def _tell_of_lift(person: Person, ends: datetime) -> None:
    day = date_format(ends, "j M Y")
    said = _("The restriction that you asked for ends on %s. From then on your data is used as before.") % day
    words = post.Words(
        subject=_("The restriction of your data ends on %s") % day,
        paragraphs=[said],
        closing=[_("If the reason for it still stands, write to us before that day, or restrict it again.")],
    )
    notices.notify(person, LIFTED, words)


def _set(person: Person, kind: str, purpose: str, ground: str, actor: Actor) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
    if Limit.objects.filter(person=person, kind=kind, purpose=purpose, lifted_at=None).exists():
        return
    Limit.objects.create(person=person, kind=kind, purpose=purpose, ground=ground)
    codes = {name: value for name, value in (("purpose", purpose), ("ground", ground)) if value}
    _record("rights.restricted" if kind == Limit.Kind.RESTRICTION else "rights.objected", person, actor, **codes)


def _record(action: str, person: Person, actor: Actor, **data: str) -> None:
    audit.record(action, actor=actor, target=f"accounts.Person:{person.pk}", data=data)
