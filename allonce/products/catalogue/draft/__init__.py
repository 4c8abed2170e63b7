"""The draft of a Catalogue: what Setup edits until it is published."""

from allonce.products.catalogue.draft.store import Draft

__all__ = ["Draft"]
