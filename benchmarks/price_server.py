"""Price lines a second on one core of the server: `python -m benchmarks.price_server`."""

from statistics import median
from time import process_time

from allonce.pricing import price_line
from benchmarks import figure
from benchmarks._price_case import DATE, catalogue, items

LINES = 5000
RUNS = 7


def lines_per_second(explain: bool) -> float:
    """Median over the runs, in processor time, so that other processes do not count."""
    shop, windows = catalogue(), items(LINES)
    rates = []
    for _ in range(RUNS):
        start = process_time()
        priced = sum(price_line(shop, window, DATE, explain)["ok"] for window in windows)
        rates.append(LINES / (process_time() - start))
        if priced != LINES:
            raise SystemExit(f"only {priced} of {LINES} lines have a price")
    return median(rates)


def main() -> None:
    """Print both figures: with every step explained, and without."""
    for name, explain in (("price_server_explained", True), ("price_server", False)):
        rate = lines_per_second(explain)
        figure(name, rate, "lines/s", ">20000", rate > 20_000)


if __name__ == "__main__":
    main()
