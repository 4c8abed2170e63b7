"""Taking a destructive edit back while nothing has happened since to the same pieces."""

import base64
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import UserError
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import editing

KEPT_FOR = timedelta(hours=1)


class TooLateToUndo(UserError):
    """The step has gone: too old, used already, or another account's."""

    code = "too_late_to_undo"
    status = 409
    message = _("This can no longer be undone. What you deleted is still in your published versions.")


def undo(access: AccountAccess, step_id: UUID) -> None:
    """Puts back the pieces that the step replaced. Raises TooLateToUndo, also where somebody edited them
    since."""
    with editing(access, "undo") as edit:
        step = _step(edit, step_id)
        for path, body in step.before.items():
            if body is None:
                edit.remove(path)
            else:
                edit.write_bytes(path, base64.b64decode(body))
        step.delete()


def _step(edit: Draft, step_id: UUID) -> UndoStep:
    recent = UndoStep.objects.filter(catalogue=edit.catalogue, made_at__gte=now() - KEPT_FOR)
    step = recent.filter(pk=step_id).first()
    if step is None:
        raise TooLateToUndo()
    standing = edit.bodies_of(step.after)
    for path, left in step.after.items():
        body = standing.get(path)
        if left != (body and paths.hash_of(body)):
            raise TooLateToUndo()
    return step
