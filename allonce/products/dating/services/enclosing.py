"""Pictures and voice notes: handed in once, said by one message, seen and heard by the two alone, gone with the match.

A picture goes on as pixels alone, and no larger than a phone shows. A voice note is kept as it was recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from allonce.kernel import uploads
from allonce.kernel.accounts import throttle
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging.models import Entry
from allonce.kernel.privacy.ports import OwnFile
from allonce.kernel.uploads import Kind
from allonce.kernel.vault import Scope, files
from allonce.kernel.vault.errors import VaultError
from allonce.products.dating.models import Enclosure, Match, Member
from allonce.products.dating.services import matching, speaking

PICTURE, VOICE = Enclosure.Sort.PICTURE, Enclosure.Sort.VOICE
PICTURES: frozenset[Kind] = frozenset({"jpeg", "png", "webp", "gif"})
BOUNDS = uploads.Bounds(8_000_000, max_pixels=40_000_000)
LONGEST_SIDE = 1600
LARGEST_VOICE = 2_000_000
LONGEST_SECONDS = 60
PER_HOUR = (60, timedelta(hours=1))
# Handed in and never sent: a phone that has no network for so long has lost what it was about.
UNSENT = timedelta(days=7)
ENDINGS = {"jpeg": "jpg", "webm": "webm", "ogg": "ogg", "mp4": "m4a"}
NAME = "content"


class PictureTooLarge(uploads.TooBig):
    """More than 8 MB."""

    message = gettext_lazy("Pictures can have up to 8 MB. Choose a smaller one.")


class NotAPicture(uploads.WrongKind):
    """None of the four kinds."""

    message = gettext_lazy("Only JPEG, PNG, WebP and GIF pictures can be sent here. Choose another one.")


class VoiceTooLarge(uploads.TooBig):
    """More than 2 MB."""

    message = gettext_lazy("Voice notes can have up to 60 seconds and 2 MB. Record a shorter one.")


class VoiceTooLong(UserError):
    """More than a minute, or no time at all."""

    code = "voice_too_long"
    status = 422
    message = gettext_lazy("Voice notes can last from 1 to 60 seconds. Record it again.")


class NotHandedIn(UserError):
    """A message about a file that never came, or that was forgotten since."""

    code = "not_handed_in"
    status = 422
    message = gettext_lazy("This did not arrive. Remove it, then choose or record it again.")


class NotAVoiceNote(uploads.WrongKind):
    """No sound, or more than one."""

    message = gettext_lazy("This is no recording that can be sent here. Record it on this page.")


@dataclass(frozen=True)
class Given:
    """What was handed in: `cid` is the message's that will say it, `seconds` what the recorder says of a voice note."""

    cid: UUID
    sort: str
    data: bytes = field(repr=False)
    seconds: int = 0


@dataclass(frozen=True)
class _Taken:
    kind: Kind
    data: bytes = field(repr=False)
    facts: dict[str, int]


def keep(member: Member, match_id: UUID, given: Given) -> Enclosure:
    """Take it for one message of this member. Handed in again with the same cid, the first stands.

    Raises NotFound, CannotWrite, WaitForAnswer, WordsFirst, TooMany after 60 an hour, UploadRefused or VoiceTooLong.
    """
    match = matching.mine(member, match_id)
    speaking.require_mutual(match, member)
    known = Enclosure.objects.filter(match=match, member=member, cid=given.cid).first()
    if known is not None:
        return known
    throttle.hit("dating.enclosure", f"{match.id}:{member.id}", *PER_HOUR)
    return _stored(match, member, given, _picture(given) if given.sort == PICTURE else _voice(given))


@transaction.atomic
def _stored(match: Match, member: Member, given: Given, taken: _Taken) -> Enclosure:
    # An end that comes at this moment waits, and then takes this along.
    if Match.objects.select_for_update().filter(pk=match.pk).first() is None:
        raise NotFound
    facts = {"sort": given.sort, "kind": taken.kind, "size": len(taken.data), **taken.facts}
    row, new = Enclosure.objects.get_or_create(match=match, member=member, cid=given.cid, defaults=facts)
    if new:
        files.save(*_place(row), taken.data)
    return row


def read(member: Member, match_id: UUID, enclosure_id: UUID) -> tuple[Enclosure, bytes]:
    """One of a match that stands, and its bytes; before it is sent, for its sender alone. Raises NotFound."""
    row = _in_sight(member, match_id).filter(pk=enclosure_id).first()
    if row is None:
        raise NotFound
    return row, content(row)


def content(row: Enclosure) -> bytes:
    """The bytes. Raises NotFound where they are gone."""
    try:
        return _bytes_of(row)
    except VaultError as error:
        raise NotFound from error


def show(member: Member, match_id: UUID, enclosure_id: UUID) -> None:
    """The member wants to see the other's picture: from now on theirs are shown without asking. Raises NotFound."""
    row = _in_sight(member, match_id).exclude(member=member).filter(pk=enclosure_id, sort=PICTURE).first()
    if row is None:
        raise NotFound
    Enclosure.objects.filter(pk=row.pk, shown_at=None).update(shown_at=now())


def are_shown(match: Match, writer: Member) -> bool:
    """Whether the other side has had a picture of this writer shown."""
    return Enclosure.objects.filter(match=match, member=writer, sort=PICTURE, shown_at__isnull=False).exists()


def said_by(match: Match, writer: Member, cid: UUID, sort: str) -> dict[str, Any]:
    """The message that says what was handed in under its cid, from what we know of it ourselves. Raises NotHandedIn."""
    row = Enclosure.objects.filter(match=match, member=writer, cid=cid, sort=sort).first()
    if row is None:
        raise NotHandedIn
    return body_of(row)


def body_of(row: Enclosure) -> dict[str, Any]:
    """What the two learn of it."""
    told = {"width": row.width, "height": row.height} if row.sort == PICTURE else {"seconds": row.seconds}
    return {"file": str(row.id), **told}


def own_files(person_id: UUID) -> Iterator[OwnFile]:
    """What this person sent, for the copy of their data."""
    for row in Enclosure.objects.filter(member__person_id=person_id).order_by("at"):
        name = f"{row.at:%Y-%m-%d}-{row.id}.{ENDINGS.get(row.kind, 'bin')}"
        yield OwnFile(f"conversations/{name}", partial(_bytes_of, row))


def forget_unsent(moment: datetime) -> None:
    """Remove what was handed in a week ago and never sent."""
    for row in Enclosure.objects.filter(~_is_sent(), at__lt=moment - UNSENT):
        files.delete(files.FileRef(*_place(row)))
        row.delete()


def _in_sight(member: Member, match_id: UUID) -> QuerySet[Enclosure]:
    """One's own, and what the other has sent."""
    found = Enclosure.objects.filter(match=matching.mine(member, match_id)).select_related("match")
    return found.filter(member=member) | found.filter(_is_sent())


def _is_sent() -> Exists:
    return Exists(Entry.objects.filter(stream_id=OuterRef("match_id"), cid=OuterRef("cid"), kind=OuterRef("sort")))


def _picture(given: Given) -> _Taken:
    try:
        picture = uploads.accept_image(given.data, "", PICTURES, BOUNDS).within(LONGEST_SIDE)
    except uploads.TooBig as error:
        raise PictureTooLarge from error
    except uploads.WrongKind as error:
        raise NotAPicture from error
    width, height = picture.image.size
    written = picture.written()
    return _Taken(written.kind, written.data, {"width": width, "height": height})


def _voice(given: Given) -> _Taken:
    if not 1 <= given.seconds <= LONGEST_SECONDS:
        raise VoiceTooLong
    try:
        taken = uploads.accept(given.data, "", uploads.SOUNDS, LARGEST_VOICE)
    except uploads.TooBig as error:
        raise VoiceTooLarge from error
    except uploads.WrongKind as error:
        raise NotAVoiceNote from error
    return _Taken(taken.kind, taken.data, {"seconds": given.seconds})


def _bytes_of(row: Enclosure) -> bytes:
    return files.read(files.FileRef(*_place(row)))


def _place(row: Enclosure) -> tuple[Scope, UUID, str]:
    return Scope("account", row.match_id), row.id, NAME
