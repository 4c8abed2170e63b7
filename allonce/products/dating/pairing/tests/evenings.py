"""Makes a file in the speed-dating format: people with tastes and charm, who judge each other at events."""

import csv
from pathlib import Path

import numpy as np

from allonce.products.dating.pairing.speed_dating import INTERESTS


def write(path: Path, events: int = 8, couples: int = 10, seed: int = 3) -> Path:
    """So many events of so many women and men, all of whom meet."""
    draw = np.random.default_rng(seed)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["iid", "pid", "wave", "dec", "attr", "gender", "age", "race", *INTERESTS[:6]])
        for wave in range(events):
            people = 2 * couples
            iid = 1 + wave * people + np.arange(people)
            charm, ease = draw.normal(0, 1.0, people), draw.normal(0, 0.8, people)
            age = draw.integers(20, 36, people)
            likes = draw.integers(1, 11, (people, 6))
            for one in range(people):
                for other in range(couples) if one >= couples else range(couples, people):
                    shared = float((likes[one] - 5.5) @ (likes[other] - 5.5)) / 50
                    odds = -0.4 + ease[one] + charm[other] + 1.2 * shared - 0.1 * abs(int(age[one]) - int(age[other]))
                    dec = int(draw.random() < 1 / (1 + np.exp(-odds)))
                    stars = int(np.clip(round(6 + 1.5 * charm[other] + draw.normal()), 1, 10))
                    own = [int(one >= couples), int(age[one]), int(draw.integers(1, 5)), *likes[one].tolist()]
                    out.writerow([iid[one], iid[other], wave, dec, stars, *own])
    return path
