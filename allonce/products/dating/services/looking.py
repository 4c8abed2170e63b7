"""Looking at a new photo by program: findings for whoever decides, and whether another member has the same picture."""

from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from allonce.kernel.casework.kinds import Fact
from allonce.kernel.errors import NotFound
from allonce.products.dating.models import Bar, Photo, PhotoCheck, Signal
from allonce.products.dating.noticing import pictures
from allonce.products.dating.services import barring, photos, signs

PRINT_BYTES = 32


def check(photo_id: UUID) -> None:
    """Keep the findings beside the photo, and note what speaks of a borrowed picture. Safe to repeat."""
    photo = Photo.objects.select_related("member").filter(pk=photo_id).first()
    if photo is None or PhotoCheck.objects.filter(photo=photo).exists():
        return
    try:
        seen = pictures.look(photos.read(photo, "large"))
    except NotFound:
        return
    findings = {"sharpness": round(seen.sharpness, 1), "colours": seen.colours, "skin": round(seen.skin, 2)}
    found = PhotoCheck.objects.create(photo=photo, print=seen.print, findings=findings | {"codes": seen.codes})
    # Drawings in one style have one print, and are refused for being drawings.
    if seen.print and "drawing" not in seen.codes:
        _compare(photo, found)


def findings_of(photo: Photo) -> list[Fact]:
    """What the program noticed, in words for staff. It decides nothing, and errs."""
    found = PhotoCheck.objects.filter(photo=photo).first()
    if found is None:
        return [Fact(_("What a program noticed"), _("It has not looked yet."))]
    says = {
        "blurred": _("Hardly any edges: perhaps too blurred to recognise anybody."),
        "drawing": _("Few colours: perhaps a drawing, a screen or a plain picture."),
        "skin": _("Much of it has the colour of skin: look for nudity. Portraits and sand have it, too."),
    }
    codes = [str(code) for code in found.findings["codes"]]
    hints = "\n".join(says[code] for code in codes) or _("Nothing that stands out.")
    figures = _("sharpness %(sharpness)s, colours %(colours)s, colour of skin %(skin)s") % found.findings
    facts = [Fact(_("What a program noticed, and may have wrong"), f"{hints}\n({figures})")]
    same = Signal.objects.filter(member=photo.member_id, kind__in=(Signal.Kind.PHOTO, Signal.Kind.BARRED))
    used = [each for each in same if each.facts.get("photo") == str(photo.id)]
    return facts + [Fact(str(Signal.Kind(each.kind).label), f"{each.at:%d %b %Y}") for each in used]


def _compare(photo: Photo, found: PhotoCheck) -> None:
    mark, facts = bytes(found.print), {"photo": str(photo.id)}
    others = PhotoCheck.objects.exclude(photo__member=photo.member_id).exclude(photo__state=Photo.State.REFUSED)
    if _any_alike(mark, [bytes(each.print) for each in others.iterator(2000)]):
        signs.note(photo.member, Signal.Kind.PHOTO, facts)
    barred = barring.standing().filter(kind=Bar.Kind.PHOTO)
    if _any_alike(mark, [bytes(each.print) for each in barred if each.print is not None]):
        signs.note(photo.member, Signal.Kind.BARRED, facts)


def _any_alike(mark: bytes, prints: list[bytes]) -> bool:
    whole = [each for each in prints if len(each) == PRINT_BYTES]
    if not whole:
        return False
    table = np.frombuffer(b"".join(whole), np.uint8).reshape(-1, PRINT_BYTES)
    return bool(pictures.alike(mark, table).any())
