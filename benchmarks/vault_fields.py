"""What encrypted fields cost against plain ones: writing, reading all of them, and lists that do not show them."""

import argparse
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from benchmarks import figure
from benchmarks._installation import fresh_installation

ROWS = 10_000
RUNS = 7
FIELDS = ("name", "email", "phone", "address")
VALUES = ("Olivia Marsh-Webb", "olivia.marsh@harbourblinds.example", "+44 1234 567890", "12 Quay Street, Harbour")
GOALS = {"writes": 2.5, "reads": 4.0, "lists": 1.2}


def main() -> None:
    """Print the figures of the vault's fields."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    with fresh_installation():
        sealed, plain = _tables()
        taken = _measure(sealed, plain, rows)
    for what, goal in GOALS.items():
        encrypted, readable = taken[what, "sealed"], taken[what, "plain"]
        print(f"{what} of {rows:,} rows: {encrypted * 1000:.0f} ms encrypted, {readable * 1000:.0f} ms plain")
        ratio = encrypted / readable
        figure(f"vault_{what}_to_plain", ratio, "ratio", f"<={goal}", ratio <= goal)


def _tables() -> tuple[Any, Any]:
    """Two tables alike but for encryption, made for this run alone."""
    from django.db import connection, models

    from allonce.kernel.vault import EncryptedTextField, SealedModel

    about = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "bench"})}
    whose = {"account_id": models.UUIDField()}
    sealed = type(
        "SealedCard",
        (SealedModel,),
        {**about, **whose, "vault_scope": "account:account_id", **{name: EncryptedTextField() for name in FIELDS}},
    )
    plain = type(
        "PlainCard",
        (models.Model,),
        {
            **about,
            "id": models.UUIDField(primary_key=True, default=uuid4),
            "account_id": models.UUIDField(),
            **{name: models.TextField() for name in FIELDS},
        },
    )
    with connection.schema_editor() as editor:
        editor.create_model(sealed)
        editor.create_model(plain)
    return sealed, plain


def _measure(sealed: Any, plain: Any, rows: int) -> dict[tuple[str, str], float]:
    """Medians; the two take turns, so that noise falls on both alike."""
    taken: dict[tuple[str, str], list[float]] = {}
    for _run in range(RUNS):
        for kind, model in (("sealed", sealed), ("plain", plain)):
            model.objects.all().delete()
            for what, act in (("writes", _write), ("reads", _read), ("lists", _list)):
                taken.setdefault((what, kind), []).append(_time(act, model, rows))
    return {key: statistics.median(found) for key, found in taken.items()}


def _time(act: Callable[[Any, int], None], model: Any, rows: int) -> float:
    start = perf_counter()
    act(model, rows)
    return perf_counter() - start


def _write(model: Any, rows: int) -> None:
    values = dict(zip(FIELDS, VALUES, strict=True))
    model.objects.bulk_create((model(account_id=UUID(int=5), **values) for _ in range(rows)), batch_size=500)


def _read(model: Any, rows: int) -> None:
    seen = [(row.name, row.email, row.phone, row.address) for row in model.objects.all().iterator(chunk_size=500)]
    assert len(seen) == rows
    assert seen[0] == VALUES


def _list(model: Any, rows: int) -> None:
    """A list that shows nothing personal still loads its rows as the ORM does."""
    seen = [(row.id, row.account_id) for row in model.objects.all().iterator(chunk_size=500)]
    assert len(seen) == rows


if __name__ == "__main__":
    main()
