"""The tables of quoting, one file per concern."""

from allonce.products.quoting.models.deliveries import Delivery
from allonce.products.quoting.models.document_settings import DocumentSettings

__all__ = ["Delivery", "DocumentSettings"]
