"""A job's documents: quote, order confirmation, invoice and worksheet, and the mails that carry them."""

from typing import TYPE_CHECKING

from allonce.products.quoting.documents.contract import (
    Attachment,
    Brand,
    DocumentJob,
    Letter,
    Letters,
    Picture,
)

if TYPE_CHECKING:
    from allonce.products.quoting.documents.letters import render_letters
    from allonce.products.quoting.documents.pictures import UnreadablePicture, read_photo
    from allonce.products.quoting.documents.store import brand_of

__all__ = [
    "Attachment",
    "Brand",
    "DocumentJob",
    "Letter",
    "Letters",
    "Picture",
    "UnreadablePicture",
    "brand_of",
    "read_photo",
    "render_letters",
]

# Models may only be imported once Django has its apps, so what needs them is looked up late.
_HOMES = {"render_letters": "letters", "UnreadablePicture": "pictures", "brand_of": "store", "read_photo": "pictures"}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
