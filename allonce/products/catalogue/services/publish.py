"""Publishing the draft, and bringing an older version back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.errors import NotFound, UserError
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.models import Catalogue, Chunk, Part, UndoStep, Version
from allonce.products.catalogue.publishing.commit import Chunks, commit, store_chunks
from allonce.products.catalogue.publishing.standing import bodies, changes_between
from allonce.products.catalogue.publishing.standing import standing as standing_pieces
from allonce.products.catalogue.queries.problems import errors_in, problems_of_changes
from allonce.products.catalogue.services.editing import Edit, NotYours, locked_catalogue


class NothingToPublish(UserError):
    """The draft says what the standing version says."""

    code = "nothing_to_publish"
    status = 409
    message = _("Nothing has changed since the last version.")


class DraftMoved(UserError):
    """Somebody edited the draft after the person looked at what would be published."""

    code = "draft_moved"
    status = 409
    message = _("The draft has changed since you looked. Look at the changes again, then publish.")


class NotPublishable(UserError):
    """The draft contradicts itself; the Publish page lists what to mend."""

    code = "not_publishable"
    status = 422
    message = _("Some products cannot be priced yet. Mend what is listed, then publish.")


class NoSuchVersion(NotFound):
    code = "no_such_version"
    message = _("There is no such version of your catalogue.")


def publish(access: AccountAccess, revision: int) -> Version:
    """Makes the draft the next version, in time of what changed. `revision` is the draft that the person saw.

    Raises NotYours, DraftMoved, NotPublishable, NothingToPublish.
    """
    if not access.may_write:
        raise NotYours()
    with transaction.atomic():
        catalogue = locked_catalogue(access.account.id)
        if catalogue.revision != revision:
            raise DraftMoved()
        _ensure_settings(catalogue)
        if errors_in(problems_of_changes(Draft(catalogue))):
            raise NotPublishable()
        version = commit(catalogue, _changed_chunks(catalogue), by=access.person.id)
        _forget_changes(catalogue)
        if version is None:
            raise NothingToPublish()
        _record(access, "published", version)
    return version


def roll_back(access: AccountAccess, number: int) -> tuple[Version, UndoStep | None]:
    """Makes version `number` stand again, as a new version; the draft becomes it too, with a way back to
    the old draft.

    Raises NotYours, NoSuchVersion, NothingToPublish.
    """
    if not access.may_write:
        raise NotYours()
    with transaction.atomic():
        catalogue = locked_catalogue(access.account.id)
        chunks = _chunks_to_restore(catalogue, number)
        version = commit(catalogue, chunks, by=access.person.id, restores=number)
        if version is None:
            raise NothingToPublish()
        edit = Edit(catalogue)
        _draft_as_standing(edit, chunks)
        step = edit.save(undoable=True)
        _forget_changes(catalogue)
        _record(access, "rolled_back", version)
    return version, step


def discard_changes(access: AccountAccess) -> UndoStep | None:
    """Makes the draft what the standing version says, with a way back."""
    if not access.may_write:
        raise NotYours()
    with transaction.atomic():
        catalogue = locked_catalogue(access.account.id)
        edit = Edit(catalogue)
        _draft_as_standing(edit, {})
        step = edit.save(undoable=True)
        _forget_changes(catalogue)
        audit.record(
            "catalogue.draft_discarded",
            actor=access.actor,
            account_id=access.account.id,
            target=f"catalogue.Catalogue:{catalogue.pk}",
            data={"revision": catalogue.revision},
        )
    return step


def _ensure_settings(catalogue: Catalogue) -> None:
    """A Catalogue whose settings nobody touched is published with the usual ones."""
    edit = Edit(catalogue)
    for path, usual in ((paths.SETTINGS, products.DEFAULT_SETTINGS), (paths.TAXES, products.DEFAULT_TAXES)):
        if edit.read(path) is None:
            edit.write(path, usual)
    edit.save()


def _changed_chunks(catalogue: Catalogue) -> Chunks:
    parts = Part.objects.filter(catalogue=catalogue, changed=True).values_list("path", "body")
    bodies = {path: None if body is None else bytes(body) for path, body in parts}
    stored = store_chunks(catalogue, {path: body for path, body in bodies.items() if body is not None})
    return {path: stored.get(path) for path in bodies}


def _forget_changes(catalogue: Catalogue) -> None:
    changed = Part.objects.filter(catalogue=catalogue, changed=True)
    changed.filter(body=None).delete()
    changed.update(changed=False)


def _chunks_to_restore(catalogue: Catalogue, number: int) -> Chunks:
    if not Version.objects.filter(catalogue=catalogue, number=number).exists():
        raise NoSuchVersion()
    before, after = changes_between(catalogue, number, catalogue.version)
    found = Chunk.objects.in_bulk([piece.chunk_id for piece in before.values()])
    restored: dict[str, Chunk | None] = dict.fromkeys(after)
    restored.update((path, found[piece.chunk_id]) for path, piece in before.items())
    return restored


def _draft_as_standing(edit: Edit, restored: Chunks) -> None:
    """Writes into the draft what now stands at the restored paths and wherever the draft had moved on."""
    moved = Part.objects.filter(catalogue=edit.catalogue, changed=True).values_list("path", flat=True)
    among = {*moved, *restored}
    standing = bodies(standing_pieces(edit.catalogue, among))
    for path in among:
        if path in standing:
            edit.write_bytes(path, standing[path])
        else:
            edit.remove(path)


def _record(access: AccountAccess, action: str, version: Version) -> None:
    audit.record(
        f"catalogue.{action}",
        actor=access.actor,
        account_id=access.account.id,
        target=f"catalogue.Version:{version.pk}",
        data={"version": version.number, "parts": version.changed_parts},
    )
