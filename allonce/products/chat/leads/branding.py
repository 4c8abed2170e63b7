"""A Client's own look: its logo, and letters in its name alone where it wants that."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from allonce.kernel import post, uploads
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope, files
from allonce.products.chat.leads.models import Brand
from allonce.products.chat.models import ChatClient
from allonce.products.chat.services.set_up import record

LOGO = "logo"
MOST_BYTES = 2 * 1024 * 1024
WIDEST, HIGHEST = 480, 160


@transaction.atomic
def save_logo(client: ChatClient, data: bytes | None, name: str, *, actor: Actor) -> None:
    """Take a new logo, scaled to fit and encoded afresh as PNG, or drop the one there is. Audited.

    Raises UploadRefused or ScannerDown.
    """
    brand, _made = Brand.objects.get_or_create(account_id=client.account_id)
    before, brand.logo = brand.logo, None
    if data is not None:
        taken = uploads.accept_image(data, name, {"jpeg", "png", "webp", "gif"}, uploads.Bounds(MOST_BYTES))
        taken.image.thumbnail((WIDEST, HIGHEST))
        brand.logo = uuid4()
        files.save(_scope(client.account_id), brand.logo, LOGO, uploads.Picture("png", taken.image).written().data)
    brand.save(update_fields=["logo"])
    record("chat.logo_saved", actor, client)
    if before is not None:
        transaction.on_commit(lambda: files.delete(files.FileRef(_scope(client.account_id), before, LOGO)))


def logo_of(account_id: UUID) -> bytes:
    """The logo as PNG. Raises NotFound without one."""
    brand = Brand.objects.filter(account_id=account_id, logo__isnull=False).first()
    if brand is None or brand.logo is None:
        raise NotFound
    return files.read(files.FileRef(_scope(account_id), brand.logo, LOGO))


def has_logo(account_id: UUID) -> bool:
    """Whether the Client has given one."""
    return Brand.objects.filter(account_id=account_id, logo__isnull=False).exists()


class Logos:
    """Answers the core's question for a Client's logo (chat/ports.py)."""

    def logo_path(self, client: ChatClient) -> str:
        """Its public address, "" without one."""
        return f"/chat/logo/{client.public_id}" if has_logo(client.account_id) else ""


def house_of(client: ChatClient) -> post.House | None:
    """In whose name letters to visitors come: the Client's alone where it chose so."""
    if not client.white_label:
        return None
    path = Logos().logo_path(client)
    return post.House(client.shown_name, logo=f"{settings.PUBLIC_URL}{path}" if path else "")


def _scope(account_id: UUID) -> Scope:
    return Scope("account", account_id)
