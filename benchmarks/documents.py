"""A quote PDF of 20 lines, warm, each with other words and figures, against the goal of 50 ms."""

import os
import random
import statistics
import time
from dataclasses import replace
from typing import Any

import django

from benchmarks import figure

RUNS = 40
LINES = 20
GOAL_MS = 50


def quote_of(seed: int, sample: Any) -> Any:
    """The sample job with `LINES` items whose words and figures depend on `seed`."""
    chance = random.Random(seed)
    source, totals = sample.job, sample.totals["a"]
    items, lines = [], []
    for number in range(LINES):
        old = chance.randrange(len(totals["lines"]))
        label = f"Window {chance.randrange(10**6)}"
        items.append({**source["proposals"][0]["items"][old], "id": f"n{number}", "label": label})
        size = {"width": chance.randint(300, 2400), "drop": chance.randint(300, 3000)}
        lines.append({**totals["lines"][old], "id": f"n{number}", "goods": chance.randint(2000, 90000), **size})
    proposals = [{**source["proposals"][0], "items": items}]
    job = {**source, "number": f"AM-{seed:06}", "proposals": proposals}
    return replace(sample, job=job, totals={"a": {**totals, "lines": lines}})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allonce.project.settings")
    django.setup()
    from allonce.products.quoting.documents.contract import Brand
    from allonce.products.quoting.documents.letters import customer_pdf
    from allonce.products.quoting.documents.sample import sample_document

    brand, sample = Brand(name="Harbour Blinds"), sample_document()
    customer_pdf(quote_of(-1, sample), brand)
    taken = []
    for seed in range(RUNS):
        quote = quote_of(seed, sample)
        begun = time.perf_counter()
        customer_pdf(quote, brand)
        taken.append((time.perf_counter() - begun) * 1000)
    median = statistics.median(taken)
    figure("quote_pdf_20_lines_median", median, "ms", f"<{GOAL_MS}", median < GOAL_MS)


if __name__ == "__main__":
    main()
