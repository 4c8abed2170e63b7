"""Price lines a second against Tryton's quotation pricing: `python -m benchmarks.price_tryton`.

Both price quotations of ten lines in the same call, on one core, in processor time. Tryton runs
through its model API on SQLite in memory, in an environment of its own under build/tryton that
this command makes. Tryton does more per quotation (it stores it, numbers it, keeps its workflow
and access rights); the ratio says what a pricing engine of its own buys, not that Tryton is slow.
"""

import json
import subprocess
import venv
from pathlib import Path
from statistics import median
from time import process_time

from allonce.pricing import price_quote
from benchmarks import figure
from benchmarks._price_case import DATE, catalogue, items

RUNS = 5
TRYTON_QUOTATIONS = 3
QUOTES = 200
LINES = 10
HOME = Path("build/tryton/venv")
PYTHON = HOME / "bin" / "python"
PACKAGES = ["trytond==8.2.*", "trytond_sale==8.2.*", "trytond_sale_price_list==8.2.*", "proteus==8.2.*"]


def install() -> None:
    """Tryton in its own environment, once."""
    if any(HOME.glob("lib/*/site-packages/trytond_sale_price_list-*")):
        return
    venv.create(HOME, with_pip=True)
    subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)


def tryton_lines_per_second() -> float:
    """Median of Tryton's runs."""
    script = Path(__file__).with_name("_tryton_quotations.py")
    command = [str(PYTHON), str(script), str(TRYTON_QUOTATIONS), str(RUNS)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rates: list[float] = json.loads(answer.strip().splitlines()[-1])
    return median(rates)


def own_lines_per_second() -> float:
    """Median of our runs, every step explained."""
    shop, windows = catalogue(), items(QUOTES * LINES)
    quotes = [windows[start : start + LINES] for start in range(0, len(windows), LINES)]
    rates = []
    for _ in range(RUNS):
        start = process_time()
        priced = sum(price_quote(shop, {"items": ten, "date": DATE})["ok"] for ten in quotes)
        rates.append(QUOTES * LINES / (process_time() - start))
        if priced != QUOTES:
            raise SystemExit(f"only {priced} of {QUOTES} quotes have a price")
    return median(rates)


def main() -> None:
    """Print both rates and their ratio."""
    install()
    tryton, own = tryton_lines_per_second(), own_lines_per_second()
    print(f"Tryton {tryton:.1f} lines/s, Allonce {own:.0f} lines/s. Tryton does more per quotation: see this file.")
    figure("price_against_tryton", own / tryton, "times", ">=100", own >= 100 * tryton)


if __name__ == "__main__":
    main()
