"""Housekeeping: undo steps are kept for an hour."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.jobs import every
from allonce.products.catalogue.importing.housekeeping import forget_old_imports
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.undo import KEPT_FOR


@every(timedelta(hours=1))
def forget_undo_steps() -> None:
    """Deletes steps that can no longer be taken back."""
    UndoStep.objects.filter(made_at__lt=now() - KEPT_FOR).delete()


__all__ = ["forget_old_imports", "forget_undo_steps"]
