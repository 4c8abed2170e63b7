"""The tables of a Catalogue: one draft that is edited, and versions that never change again."""

from allonce.products.catalogue.models.draft import Part, UndoStep
from allonce.products.catalogue.models.heads import Catalogue
from allonce.products.catalogue.models.versions import Chunk, Entry, Version

# After the Catalogue itself, which it points to.
from allonce.products.catalogue.importing.models import SheetImport  # isort: skip

__all__ = ["Catalogue", "Chunk", "Entry", "Part", "SheetImport", "UndoStep", "Version"]
