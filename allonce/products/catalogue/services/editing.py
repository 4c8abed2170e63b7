"""The one way to change a draft: permission, lock and transaction, audit, and what undo needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.errors import Forbidden, NotFound, UserError
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.models import Catalogue, UndoStep


class NotYours(Forbidden):
    """Viewers may look at the Catalogue and not change it."""

    code = "viewer"
    message = _("You may look at this catalogue. Ask the owner to let you change it.")


class Unusable(UserError):
    """What was entered cannot stand in a Catalogue. `fields` tells what to do, by field."""

    code = "unusable"
    status = 422
    message = _("Please look at the marked fields.")


class Gone(NotFound):
    """The product, table or row is no longer in the draft."""

    code = "gone"
    message = _("This is no longer in your catalogue. Somebody may have deleted it.")


class Edit(Draft):
    """A draft inside its transaction. After the edit `undo` holds the way back, if one was asked for."""

    undo: UndoStep | None = None


def catalogue_of(account_id: UUID) -> Catalogue:
    """The account's Catalogue; an account that never opened Setup gets an empty one."""
    return Catalogue.objects.get_or_create(account_id=account_id)[0]


def locked_catalogue(account_id: UUID) -> Catalogue:
    """As `catalogue_of`, held until the transaction ends so that edits and publications never interleave."""
    catalogue_of(account_id)
    return Catalogue.objects.select_for_update().get(account_id=account_id)


@contextmanager
def editing(access: AccountAccess, action: str, *, about: str = "", undoable: bool = False) -> Iterator[Edit]:
    """Change the draft within one transaction; everything is kept, or nothing if anything is refused.

    `about` is the path that the audit record names. Raises NotYours for viewers and PersonalData for
    texts that do not belong in a Catalogue.
    """
    if not access.may_write:
        raise NotYours()
    with transaction.atomic():
        edit = Edit(locked_catalogue(access.account.id))
        yield edit
        edit.undo = edit.save(undoable=undoable)
        audit.record(
            f"catalogue.{action}",
            actor=access.actor,
            account_id=access.account.id,
            target=f"catalogue.Catalogue:{edit.catalogue.pk}",
            data={"revision": edit.catalogue.revision, "about": about.replace("/", ":") or None},
        )


def draft_of(access: AccountAccess) -> Draft:
    """The draft for reading."""
    return Draft(catalogue_of(access.account.id))
