"""Imports that nobody finished go after a week; the way back of finished ones after ninety days."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.jobs import every
from allonce.products.catalogue.importing.models import SheetImport

DRAFTS_KEPT = timedelta(days=7)
WAY_BACK_KEPT = timedelta(days=90)


@every(timedelta(hours=6))
def forget_old_imports() -> None:
    """Deletes drafts untouched for a week, and what is older than the way back."""
    SheetImport.objects.filter(state=SheetImport.State.DRAFT, changed_at__lt=now() - DRAFTS_KEPT).delete()
    SheetImport.objects.exclude(state=SheetImport.State.DRAFT).filter(changed_at__lt=now() - WAY_BACK_KEPT).delete()
