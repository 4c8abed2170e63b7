"""Photos: taken in two sizes, seen by nobody else before a person has looked, and gone when they were refused."""

import io
from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy
from PIL import Image

from allonce.kernel import audit, uploads
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.vault import Scope, files
from allonce.products.dating.models import Member, Photo
from allonce.products.dating.models.members import MOST_PHOTOS

State = Photo.State
OUT_OF_SIGHT = (State.REFUSED, State.HELD)
BOUNDS = uploads.Bounds(12_000_000, max_pixels=50_000_000)
# Longest side in pixels. The small one heads lists, the large one fills a phone's screen.
SIZES = {"large": 1440, "small": 240}
LEAST_SIDE = 320
QUALITY = 86


class TooManyPhotos(UserError):
    """There is room for six."""

    code = "too_many_photos"
    status = 409
    message = gettext_lazy("You have six photos. Remove one first.")


class TooSmall(UserError):
    """Nobody could be recognised."""

    code = "photo_too_small"
    status = 422
    message = gettext_lazy("This photo is too small to recognise you. Choose one of at least 320 pixels each way.")


class Unusable(UserError):
    """What was handed in is no picture that can be taken; `fields` says why."""

    code = "photo_unusable"
    status = 422


@dataclass(frozen=True)
class Shot:
    """A photo as it is stored: its bytes by size."""

    width: int
    height: int
    data: dict[str, bytes]


def take(member: Member, data: bytes, name: str) -> Photo:
    """Keep a photo and put it before the staff. Raises UploadRefused, TooSmall or TooManyPhotos. Audited."""
    shot = shot_of(data, name)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        kept = member.photos.exclude(state=State.REFUSED)
        if kept.count() >= MOST_PHOTOS:
            raise TooManyPhotos
        last = kept.order_by("-position").values_list("position", flat=True).first()
        photo = Photo(person_id=member.person_id, member=member, width=shot.width, height=shot.height)
        photo.position = 0 if last is None else last + 1
        photo.save(force_insert=True)
        for size, content in shot.data.items():
            files.save(*_place(photo, size), content)
        _record("dating.photo_added", member, photo)
        from allonce.products.dating.moderating import ask_about

        ask_about(photo)
    return photo


def shot_of(data: bytes, name: str) -> Shot:
    """A picture handed in, in both sizes and without what it said of itself. Raises UploadRefused or TooSmall."""
    return _scaled(uploads.accept_image(data, name, {"jpeg", "png", "webp"}, BOUNDS).image)


def small_preview(data: bytes) -> str:
    """A picture that nobody has taken over yet, small, as a data URL; empty if it cannot be used. Nothing is kept."""
    try:
        shot = shot_of(data, "picture")
    except UserError:
        return ""
    return f"data:image/jpeg;base64,{b64encode(shot.data['small']).decode()}"


def read(photo: Photo, size: str) -> bytes:
    """The bytes of one size. Raises NotFound, for refused and held ones, too."""
    if size not in SIZES or photo.state in OUT_OF_SIGHT:
        raise NotFound
    try:
        return files.read(files.FileRef(*_place(photo, size)))
    except files.FileMissing as error:
        raise NotFound from error


def shown(member: Member) -> list[Photo]:
    """What others see, in the member's order."""
    return list(member.photos.filter(state=State.SHOWN))


def mine(member: Member, photo_id: UUID) -> Photo:
    """One of the member's own. Raises NotFound."""
    found = member.photos.filter(pk=photo_id).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def put_first(member: Member, photo_id: UUID) -> None:
    """Make it the one that heads the profile."""
    chosen = mine(member, photo_id)
    others = member.photos.exclude(pk=chosen.pk).order_by("position", "at")
    for position, photo in enumerate([chosen, *others]):
        Photo.objects.filter(pk=photo.pk).update(position=position)


@transaction.atomic
def remove(member: Member, photo_id: UUID) -> None:
    """Gone for good, its files, too. Audited."""
    photo = mine(member, photo_id)
    if photo.state == State.HELD:
        raise NotFound
    _record("dating.photo_removed", member, photo)
    destroy_files(photo)
    photo.delete()


def accept(mandate: Mandate, photo_id: UUID) -> None:
    """Others may see it: a person looked. Nothing happens to one that was removed meanwhile."""
    mandate.exercise()
    Photo.objects.filter(pk=photo_id, state__in=(State.WAITING, State.HELD)).update(state=State.SHOWN, decided_at=now())


def refuse(mandate: Mandate, photo_id: UUID) -> None:
    """Not to be seen: its files are destroyed at once, and its row says so to its member."""
    mandate.exercise()
    photo = Photo.objects.filter(pk=photo_id).exclude(state=State.REFUSED).first()
    if photo is None:
        return
    Photo.objects.filter(pk=photo_id).update(state=State.REFUSED, decided_at=now())
    destroy_files(photo)


def welcome_back(mandate: Mandate, photo_id: UUID) -> None:
    """An appeal was upheld. The picture is gone; its refusal is forgotten, so that the member can add it again."""
    mandate.exercise()
    Photo.objects.filter(pk=photo_id, state=State.REFUSED).delete()


def destroy_files(photo: Photo) -> None:
    """Remove both sizes."""
    for size in SIZES:
        files.delete(files.FileRef(*_place(photo, size)))


def _place(photo: Photo, size: str) -> tuple[Scope, UUID, str]:
    return Scope("person", photo.person_id), photo.id, f"{size}.jpg"


def _scaled(image: Image.Image) -> Shot:
    if min(image.size) < LEAST_SIDE:
        raise TooSmall
    plain = image.convert("RGB")
    data = {}
    for size, side in SIZES.items():
        small = plain.copy()
        small.thumbnail((side, side))
        data[size] = _jpeg(small)
    return Shot(plain.width, plain.height, data)


def _jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _record(action: str, member: Member, photo: Photo) -> None:
    audit.record(action, actor=Actor(kind="person", id=member.person_id), target=f"dating.Photo:{photo.id}", data={})
