"""Keeping and reading how a shop's documents look."""

import io
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from allonce.kernel import audit, uploads
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.models import Account
from allonce.kernel.casework.reports.reportable import report_link
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.products.quoting.documents.contract import Brand, Picture
from allonce.products.quoting.models import DocumentSettings

LOGO_KINDS: frozenset[uploads.Kind] = frozenset({"png", "jpeg", "webp", "gif"})
LOGO_LARGEST_SIDE = 900
LOGO_BYTES = 4 * 1024 * 1024
# Far more than any logo needs; a small file can claim enough of them to fill the memory.
LOGO_PIXELS = 40_000_000


class UnreadableLogo(UserError):
    """The uploaded logo is not a picture that documents can carry."""

    code = "unreadable_logo"
    status = 422


def brand_of(account_id: UUID) -> Brand:
    """The account's brand; until the shop has set one, its name and email on plain paper."""
    kept = DocumentSettings.objects.filter(account_id=account_id).first()
    return _as_brand(kept) if kept else Brand(**identity_of(account_id))


def identity_of(account_id: UUID) -> dict[str, Any]:
    """What documents say of a shop that has said nothing yet: its name and email."""
    account = Account.objects.get(id=account_id)
    return {"name": account.name, "email": account.email}


def _as_brand(kept: DocumentSettings) -> Brand:
    fields: dict[str, Any] = dict(kept.brand)
    fields["address"] = tuple(fields.get("address", ()))
    fields["report_url"] = report_link("quoting.DocumentSettings", kept.id)
    return Brand(**fields, logo=_picture(kept.logo) if kept.logo else None)


def save_brand(access: AccountAccess, brand: Brand) -> None:
    """Keep `brand` (but for its logo) as the account's own."""
    fields = asdict(replace(brand, logo=None))
    del fields["logo"], fields["report_url"]
    with transaction.atomic():
        _keep(access, brand=fields)


def save_logo(access: AccountAccess, data: bytes | None, name: str = "") -> None:
    """Keep a logo, made smaller and encoded afresh, or none. Raises UnreadableLogo, Malware and ScannerDown."""
    logo = clean_logo(data, name) if data else None
    with transaction.atomic():
        _keep(access, logo=logo)


def _keep(access: AccountAccess, **fields: Any) -> None:
    blank = {"brand": identity_of(access.account.id)}
    kept, _made = DocumentSettings.objects.get_or_create(
        account=access.account, defaults={**blank, **fields, "changed_at": now()}
    )
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.changed_at = now()
    kept.save()
    target = f"quoting.DocumentSettings:{kept.id}"
    audit.record("documents.changed", actor=access.actor, account_id=access.account.id, target=target)


def clean_logo(data: bytes, name: str = "") -> bytes:
    """A picture as PNG of at most 900 pixels a side, without what its file said beside the pixels."""
    try:
        taken = uploads.accept_image(data, name, LOGO_KINDS, uploads.Bounds(LOGO_BYTES, LOGO_PIXELS))
    except uploads.TooBig as error:
        raise UnreadableLogo(message=_("This logo is larger than 4 MB. Save it smaller and try again.")) from error
    except uploads.TooManyPixels as error:
        raise UnreadableLogo(message=_("This logo has too many pixels. Save it smaller and try again.")) from error
    except (uploads.WrongKind, uploads.Unreadable) as error:
        raise UnreadableLogo(message=_("This file is not a picture. Use a PNG or JPEG file.")) from error
    taken.image.thumbnail((LOGO_LARGEST_SIDE, LOGO_LARGEST_SIDE))
    return _as_png(taken.image.convert("RGBA"))


def _as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _picture(data: bytes) -> Picture:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        return Picture(data, "image/png", image.width, image.height)
