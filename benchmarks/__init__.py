"""Headline figures, one command each: `python -m benchmarks.NAME`. See README.md here."""


def figure(name: str, value: float, unit: str, goal: str, met: bool) -> None:
    """Print one figure in the form that `make bench` collects.

    `goal` is written as people say it, without spaces (`>20000`, `<1`).
    """
    verdict = "met" if met else "short"
    print(f"figure {name} {value:.6g} {unit} goal {goal} {verdict}", flush=True)
