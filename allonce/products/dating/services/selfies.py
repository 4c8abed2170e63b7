"""A selfie in a pose drawn by lot, which a person compares with the profile's photos. No program looks at a face.

The picture is destroyed as soon as a person has decided, whatever they decided, and after four weeks at the latest.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Member, Photo, Selfie
from allonce.products.dating.poses import POSES
from allonce.products.dating.services import photos

State = Selfie.State
# A pose holds so long: enough to take the picture, too short to make one up.
POSE_LASTS = timedelta(minutes=30)
# Before the row itself goes by its declared thirty days, so that no file is left without it.
LONGEST = timedelta(days=28)
PER_MEMBER = (6, timedelta(days=1))
FILE = "selfie.jpg"


class NoPhotoYet(UserError):
    """There is nothing to compare with."""

    code = "no_photo_yet"
    status = 409
    message = gettext_lazy("There is no photo of yours that others see yet. Add one first; then come back.")


class NotNow(UserError):
    """One waits, or was refused."""

    code = "selfie_not_now"
    status = 409
    message = gettext_lazy("A selfie of yours is being compared, or was not accepted. This page says how it goes on.")


class PoseOver(UserError):
    """It took too long."""

    code = "pose_over"
    status = 409
    message = gettext_lazy("The time for this pose is over. Ask for another one.")


def of(member: Member) -> Selfie | None:
    """How it stands."""
    return Selfie.objects.filter(member=member).first()


def pose_of(selfie: Selfie | None) -> str:
    """The pose that a picture is waited for in now; "" if none."""
    current = selfie is not None and selfie.state == State.ASKED and selfie.asked_at > now() - POSE_LASTS
    return selfie.pose if selfie is not None and current else ""


@transaction.atomic
def ask(member: Member) -> Selfie:
    """Draw a pose; while it lasts asking again gives the same. Raises NoPhotoYet, NotNow or TooMany."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if not photos.shown(member):
        raise NoPhotoYet
    known = of(member)
    if known is not None and pose_of(known):
        return known
    if known is not None and known.state in (State.WAITING, State.REFUSED):
        raise NotNow
    throttle.hit("dating-selfie", member.id.hex, *PER_MEMBER)
    selfie = known or Selfie(person_id=member.person_id, member=member)
    selfie.state, selfie.pose, selfie.asked_at = State.ASKED, secrets.choice(list(POSES)), now()
    selfie.consented_at = selfie.sent_at = selfie.decided_at = None
    selfie.save()
    return selfie


def send(member: Member, data: bytes, name: str) -> Selfie:
    """Put the picture before the staff. The caller's form has the tick of consent. Audited.

    Raises PoseOver, UploadRefused or TooSmall.
    """
    shot = photos.shot_of(data, name)
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        selfie = of(member)
        if selfie is None or not pose_of(selfie):
            raise PoseOver
        selfie.state, selfie.consented_at, selfie.sent_at = State.WAITING, now(), now()
        selfie.save(update_fields=["state", "consented_at", "sent_at"])
        files.save(*_place(selfie), shot.data["large"])
        _record("dating.selfie_sent", member)
        from allonce.products.dating.comparing import ask_about

        ask_about(selfie)
    return selfie


@transaction.atomic
def withdraw(member: Member) -> None:
    """Take the consent back: the picture, the row and the mark on the photos go at once. Audited."""
    selfie = of(member)
    if selfie is not None:
        _destroy(selfie)
        selfie.delete()
    member.photos.update(checked_at=None)
    _record("dating.selfie_withdrawn", member)


def read(selfie: Selfie) -> bytes:
    """The picture, while a person compares. Raises NotFound."""
    try:
        return files.read(files.FileRef(*_place(selfie)))
    except files.FileMissing as error:
        raise NotFound from error


def compared_with(selfie: Selfie) -> list[Photo]:
    """The photos that others saw when it was sent: nothing that was put there afterwards gets the mark."""
    if selfie.sent_at is None:
        return []
    return [each for each in photos.shown(selfie.member) if each.decided_at and each.decided_at <= selfie.sent_at]


def accept(mandate: Mandate, selfie_id: UUID) -> None:
    """The same person: the photos it was compared with are marked."""
    selfie = _decide(mandate, selfie_id, State.ACCEPTED)
    if selfie is not None:
        Photo.objects.filter(pk__in=[each.pk for each in compared_with(selfie)]).update(checked_at=now())


def ask_again(mandate: Mandate, selfie_id: UUID) -> None:
    """It cannot be told, or nobody wants to: the member may take another."""
    _decide(mandate, selfie_id, State.AGAIN)


def refuse(mandate: Mandate, selfie_id: UUID) -> None:
    """Somebody else: no mark, and no other selfie until this row goes or an appeal is upheld."""
    _decide(mandate, selfie_id, State.REFUSED)


def allow_again(mandate: Mandate, selfie_id: UUID) -> None:
    """An appeal was upheld. The picture is gone; the member may take another."""
    mandate.exercise()
    Selfie.objects.filter(pk=selfie_id, state=State.REFUSED).update(state=State.AGAIN)


def forget(moment: datetime) -> int:
    """Destroy what nobody decided about for four weeks; returns how many."""
    old = list(Selfie.objects.filter(asked_at__lt=moment - LONGEST).select_related("member"))
    for selfie in old:
        _destroy(selfie)
        selfie.delete()
    return len(old)


def _decide(mandate: Mandate, selfie_id: UUID, state: Selfie.State) -> Selfie | None:
    """Note it and destroy the picture. None where it was withdrawn meanwhile."""
    mandate.exercise()
    selfie = Selfie.objects.select_for_update(of=("self",)).filter(pk=selfie_id, state=State.WAITING).first()
    if selfie is None:
        return None
    selfie.state, selfie.decided_at = state, now()
    selfie.save(update_fields=["state", "decided_at"])
    _destroy(selfie)
    return selfie


def _destroy(selfie: Selfie) -> None:
    files.delete(files.FileRef(*_place(selfie)))


def _place(selfie: Selfie) -> tuple[Scope, UUID, str]:
    return Scope("person", selfie.person_id), selfie.id, FILE


def _record(action: str, member: Member) -> None:
    actor = Actor(kind="person", id=member.person_id)
    audit.record(action, actor=actor, target=f"dating.Member:{member.id}", data={})
