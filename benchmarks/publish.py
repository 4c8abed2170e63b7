"""What publishing one changed price costs: bytes to a phone, and time at three sizes of Catalogue.

Runs in a data folder of its own, which it deletes.
"""

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks import figure

if TYPE_CHECKING:
    from allonce.kernel.accounts.access import AccountAccess

CELLS_A_TABLE = 10_000
SIZES = (10_000, 100_000, 400_000)
RUNS = 9
# The catalogue of 400,000 cells may take half as long again as that of 10,000: noise, not growth.
MOST_GROWTH = 1.5


def main() -> None:
    """Print the figures of publishing."""
    folder = tempfile.mkdtemp(prefix="allonce-bench-")
    os.environ["ALLONCE_DATA_DIR"] = folder
    try:
        _start_django()
        _measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start_django() -> None:
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)


def _measure() -> None:
    accesses = {cells: _account_with(cells) for cells in SIZES}
    share = _share_of_bytes(accesses[100_000])
    times = _times({cells: _publishing(access) for cells, access in accesses.items()})
    for cells, taken in times.items():
        print(f"{cells:>9,} cells: publish one price in {taken * 1000:.1f} ms (median of {RUNS})")
    growth = times[SIZES[-1]] / times[SIZES[0]]
    figure("publish_one_price_bytes", share * 100, "%", "<1", share < 0.01)
    figure("publish_time_400000_to_10000_cells", growth, "ratio", f"<{MOST_GROWTH}", growth < MOST_GROWTH)


def _account_with(cells: int) -> "AccountAccess":
    """A published Catalogue of products with one table of 100 x 100 cells each."""
    from allonce.kernel.accounts.access import AccountAccess
    from allonce.kernel.accounts.models.organisations import Role
    from allonce.kernel.accounts.services.people import NewAccount, NewPerson, sign_up
    from allonce.kernel.audit import Actor

    address = f"bench-{cells}@shop.example"
    person, account = sign_up(NewPerson(address, "Bench", "nothing secret here"), NewAccount("Bench", address))
    access = AccountAccess(account, person, Role.OWNER, Actor("person", person.id))
    for number in range(cells // CELLS_A_TABLE):
        _add_product(access, number)
    _publish(access)
    return access


def _add_product(access: Any, number: int) -> None:
    from allonce.products.catalogue.services import products, tables

    sizes = list(range(300, 10_300, 100))
    rows = [[width * drop // 997 + number for width in sizes] for drop in sizes]
    product_id = products.create_product(access, f"Product {number}", "roller")
    content = tables.TableContent("grid", widths=sizes, drops=sizes, rows=rows)
    tables.replace_tables(access, product_id, {"A": content})


def _publish(access: Any) -> None:
    from allonce.products.catalogue.services.editing import catalogue_of
    from allonce.products.catalogue.services.publish import publish

    publish(access, catalogue_of(access.account.id).revision)


def _change_a_price(access: Any, price: int) -> None:
    from allonce.products.catalogue.draft.tables import heads
    from allonce.products.catalogue.services.cells import set_cells
    from allonce.products.catalogue.services.editing import draft_of

    table_id = next(iter(heads(draft_of(access))))
    set_cells(access, table_id, 40, 40, [[price]])


def _share_of_bytes(access: Any) -> float:
    """What a phone downloads for one changed price, over what a first download takes."""
    from allonce.products.catalogue.publishing.delta import delta_from
    from allonce.products.catalogue.services.editing import catalogue_of

    whole = _download(delta_from(catalogue_of(access.account.id), 0))
    _change_a_price(access, 123_456)
    _publish(access)
    change = _download(delta_from(catalogue_of(access.account.id), 1))
    print(f"  100,000 cells: the whole is {whole:,} bytes, one changed price {change:,} bytes")
    return change / whole


def _download(change: Any) -> int:
    """Bytes of the chunks and of the list that names them."""
    return sum(piece.size + len(piece.path) + len(piece.hash) + 20 for piece in change.changed)


def _publishing(access: Any) -> Callable[[int], float]:
    def run(price: int) -> float:
        _change_a_price(access, price)
        start = perf_counter()
        _publish(access)
        return perf_counter() - start

    return run


def _times(runs: dict[int, Callable[[int], float]]) -> dict[int, float]:
    """Medians by size; the sizes take turns, so that noise falls on all alike."""
    taken: dict[int, list[float]] = {cells: [] for cells in runs}
    for turn in range(RUNS):
        for cells, run in runs.items():
            taken[cells].append(run(200_000 + turn))
    return {cells: statistics.median(found) for cells, found in taken.items()}


if __name__ == "__main__":
    main()
