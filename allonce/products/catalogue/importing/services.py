"""Everything that changes an import: begin, answer, correct, accept all at once, take all of it back."""

import base64
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import Draft, products
from allonce.products.catalogue.importing import stored
from allonce.products.catalogue.importing.contents import NotReady, check_kinds, contents, method_for
from allonce.products.catalogue.importing.models import SheetImport
from allonce.products.catalogue.importing.proposal import Grid, RangeRow, Rate
from allonce.products.catalogue.importing.reading import Workbook
from allonce.products.catalogue.importing.reading_of import Reading, Target, key_of, read_import
from allonce.products.catalogue.importing.sheet import Place, Sheet
from allonce.products.catalogue.importing.tax import clashes, take_tax
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.personal import refuse_personal_data, what_is_personal
from allonce.products.catalogue.services.editing import NotYours, catalogue_of, draft_of, editing
from allonce.products.catalogue.services.products import need_product
from allonce.products.catalogue.services.ranges import replace_ranges
from allonce.products.catalogue.services.tables import replace_tables


class ImportChanged(UserError):
    """Undo would overwrite what somebody edited since."""

    code = "import_changed_since"
    status = 409
    message = _(
        "Some of these prices were edited after the import, so it can no longer be taken back as a whole. "
        "Compare with an older version under Publish."
    )


def begin(access: AccountAccess, product_id: str, book: Workbook, name: str) -> SheetImport:
    """Keeps the cells as a draft import. Cells that look like personal data are left out and counted."""
    _need_writer(access)
    need_product(draft_of(access), product_id)
    sheets, left_out = without_personal_data(book.sheets)
    kept_name = "" if what_is_personal(name) else name[:120]
    return SheetImport.objects.create(
        catalogue=catalogue_of(access.account.id), product=product_id, name=kept_name,
        cells=stored.pack(sheets), macros=book.macros, left_out=left_out,
    )  # fmt: skip


def without_personal_data(sheets: Iterable[Sheet]) -> tuple[list[Sheet], int]:
    """The sheets without addresses and telephone numbers, and how many cells went: suppliers print theirs on top."""
    clean, count = [], 0
    for sheet in sheets:
        kept = {
            place: cell for place, cell in sheet.cells.items() if cell.number is not None or not _is_personal(cell.text)
        }
        count += len(sheet.cells) - len(kept)
        name = "" if what_is_personal(sheet.name) else sheet.name
        clean.append(replace(sheet, cells=kept, name=name))
    return clean, count


def _is_personal(text: str) -> bool:
    return len(text) > 6 and what_is_personal(text) is not None


def own_import(access: AccountAccess, import_id: UUID) -> SheetImport:
    """The account's import. Raises NotFound for anybody else's."""
    found = SheetImport.objects.filter(pk=import_id, catalogue=catalogue_of(access.account.id)).first()
    if found is None:
        raise NotFound()
    return found


def read_own(access: AccountAccess, draft: SheetImport) -> Reading:
    """The import read with what was said so far, for the product it goes to."""
    standing = draft_of(access)
    product = need_product(standing, draft.product)
    home = str(products.read_settings(standing)["currency"])
    return read_import(draft, home, [str(band["name"]) for band in product["bands"]], str(product["method"]))


def answer(access: AccountAccess, import_id: UUID, question: str, chosen: str) -> SheetImport:
    """Answers a question of the whole import; the next reading follows it."""
    return _change(access, import_id, lambda draft: draft.answers.update({question: chosen}))


def correct(access: AccountAccess, import_id: UUID, sheet: int, place: Place, text: str) -> SheetImport:
    """Types over one cell; an empty text empties it."""
    refuse_personal_data(text)
    return _change(access, import_id, lambda draft: draft.corrections.update({key_of(sheet, place): text[:200]}))


def confirm(access: AccountAccess, import_id: UUID, keys: Iterable[str]) -> SheetImport:
    """Says that doubtful cells are right as they were read."""
    return _change(access, import_id, lambda draft: draft.confirmed.extend(set(keys) - set(draft.confirmed)))


def aim(access: AccountAccess, import_id: UUID, key: str, target: dict[str, Any]) -> SheetImport:
    """Says where a found table goes."""
    refuse_personal_data(target)
    return _change(access, import_id, lambda draft: draft.targets.update({key: target}))


def discard(access: AccountAccess, import_id: UUID) -> None:
    """Forgets a draft."""
    _need_writer(access)
    _need_draft(own_import(access, import_id)).delete()


def accept(access: AccountAccess, import_id: UUID, *, looked: bool, tax_meant: bool = False) -> SheetImport:
    """Puts all tables and ranges into the Catalogue's draft in one transaction, or nothing.

    `looked`: the person says that what is doubtful was looked at; `tax_meant`: that sheet and product are meant to
    disagree on VAT. Raises NotReady, Unusable and PersonalData.
    """
    with transaction.atomic():
        draft = _need_draft(own_import(access, import_id))
        reading = read_own(access, draft)
        standing = draft_of(access)
        product = need_product(standing, draft.product)
        _check_ready(reading, looked=looked)
        taken = [target for target in reading.targets if target.taken]
        if taken and not tax_meant and clashes(product, products.read_settings(standing)["settings"], reading):
            raise NotReady(_("The sheet and the product disagree on VAT. Settle it, or say that you mean it so."))
        steps = [_accept_tables(access, product, taken)] if taken else []
        steps += [take_tax(access, product, reading)] if taken else []
        steps += [_accept_ranges(access, draft.product, reading)]
        _keep(draft, [step for step in steps if step], reading)
        _record(access, draft, "catalogue.import_accepted")
    return draft


def undo_import(access: AccountAccess, import_id: UUID) -> SheetImport:
    """Puts back everything that the import replaced. Raises ImportChanged where somebody edited it since."""
    with editing(access, "import_undone") as edit:
        draft = own_import(access, import_id)
        if draft.state != SheetImport.State.ACCEPTED or not _stands(edit, draft):
            raise ImportChanged
        for path, body in draft.before.items():
            if body is None:
                edit.remove(path)
            else:
                edit.write_bytes(path, base64.b64decode(body))
        draft.state, draft.before, draft.after = SheetImport.State.UNDONE, {}, {}
        draft.changed_at = now()
        draft.save(update_fields=["state", "before", "after", "changed_at"])
    return draft


def can_undo(access: AccountAccess, draft: SheetImport) -> bool:
    """Whether nothing of the import was edited since."""
    return draft.state == SheetImport.State.ACCEPTED and _stands(draft_of(access), draft)


def _need_writer(access: AccountAccess) -> None:
    if not access.may_write:
        raise NotYours


def _need_draft(draft: SheetImport) -> SheetImport:
    if draft.state != SheetImport.State.DRAFT:
        raise NotReady(_("This import is finished already."))
    return draft


def _change(access: AccountAccess, import_id: UUID, change: Any) -> SheetImport:
    _need_writer(access)
    draft = _need_draft(own_import(access, import_id))
    change(draft)
    draft.changed_at = now()
    draft.save(update_fields=["answers", "corrections", "confirmed", "targets", "changed_at"])
    return draft


def _check_ready(reading: Reading, *, looked: bool) -> None:
    taken = [target for target in reading.targets if target.taken]
    if any(mark.severity == "error" for target in taken for mark in target.table.marks):
        raise NotReady(_("Mend the cells marked as wrong first: a table needs its sizes in order."))
    names = [target.band.casefold() for target in taken]
    if not all(names) or len(set(names)) < len(names):
        raise NotReady(_("Give each table a band of its own, or leave it out."))
    if not taken and all(one.way == "skip" for one in reading.ranges):
        raise NotReady(_("Nothing is chosen to be taken over."))
    if reading.proposal.doubtful and not looked:
        raise NotReady(_("Some of this is doubtful. Look at it, and say that you did."))


def _accept_tables(access: AccountAccess, product: dict[str, Any], taken: list[Target]) -> UndoStep | None:
    method = method_for(product, taken)
    check_kinds(method, taken)
    return replace_tables(access, product["id"], contents(draft_of(access), product, taken), method)


def _accept_ranges(access: AccountAccess, product_id: str, reading: Reading) -> UndoStep | None:
    wanted = [one for one in reading.ranges if one.way != "skip"]
    rows = [_range_row(row) for one in wanted for row in one.table.rows]
    if not rows:
        return None
    return replace_ranges(access, product_id, rows, merge=any(one.way == "merge" for one in wanted))


def _range_row(row: RangeRow) -> dict[str, Any]:
    limits = ("min_width", "max_width", "min_drop", "max_drop")
    found = {name: getattr(row, name) or None for name in limits}
    return {
        "range": row.range or row.colour,
        "colour": row.colour,
        "band": row.band,
        **found,
        "discontinued": row.discontinued,
    }


def _keep(draft: SheetImport, steps: list[UndoStep], reading: Reading) -> None:
    """Remembers the way back, and lets go of the cells."""
    for step in steps:
        draft.before = {**step.before, **draft.before}
        draft.after = {**draft.after, **step.after}
    taken = [target.table for target in reading.targets if target.taken]
    draft.counts = {
        "tables": len(taken),
        "prices": sum(_prices_in(table) for table in taken),
        "ranges": sum(len(one.table.rows) for one in reading.ranges if one.way != "skip"),
    }
    draft.cells, draft.state, draft.changed_at = b"", SheetImport.State.ACCEPTED, now()
    draft.answers, draft.corrections, draft.confirmed, draft.targets = {}, {}, [], {}
    draft.save()


def _prices_in(table: Grid | Rate) -> int:
    if isinstance(table, Rate):
        return 1
    return sum(price is not None for line in table.prices for price in line)


def _stands(standing: Draft, draft: SheetImport) -> bool:
    bodies = standing.bodies_of(draft.after)
    return all(left == ((body := bodies.get(path)) and paths.hash_of(body)) for path, left in draft.after.items())


def _record(access: AccountAccess, draft: SheetImport, action: str) -> None:
    audit.record(
        action,
        actor=access.actor,
        account_id=access.account.id,
        target=f"catalogue.SheetImport:{draft.pk}",
        data=dict(draft.counts),
    )
