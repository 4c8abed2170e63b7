"""Suppliers' sheets in layouts seen in the trade come out exactly as the figures beside them say."""

import json
from pathlib import Path
from typing import Any

import pytest

from allonce.products.catalogue.importing.proposal import ImportProposal
from allonce.products.catalogue.importing.propose import propose
from allonce.products.catalogue.importing.reading import read_file, read_pasted

DATA = Path(__file__).parent / "data"
NAMES = ("clipboard.tsv", "roller_bands_stacked.xlsx", "roller_transposed_cm.xlsx", "roman_inches.csv")


def _read(name: str) -> ImportProposal:
    data = (DATA / name).read_bytes()
    book = read_pasted(data.decode()) if name.endswith(".tsv") else read_file(data, name)
    return propose(book.sheets)


def _as_json(proposal: ImportProposal) -> dict[str, Any]:
    keys = ("band", "widths_mm", "drops_mm", "prices")
    found: dict[str, Any] = json.loads(
        json.dumps({"grids": [{key: getattr(grid, key) for key in keys} for grid in proposal.grids]})
    )
    return found


@pytest.mark.parametrize("name", NAMES)
def test_sample_comes_out_as_expected(name: str) -> None:
    expected = json.loads((DATA / f"{name.rsplit('.', 1)[0]}.expected.json").read_text())
    assert _as_json(_read(name)) == expected
