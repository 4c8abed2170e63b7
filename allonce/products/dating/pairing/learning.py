"""Learning the reciprocal model from likes, passes and ratings.

What is learned from: every decision with what was known before it. A member's effects are computed from a random part
of the decisions, and only the others are learned from; so no decision explains itself, and the model meets members
of whom much, little and nothing is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from allonce.products.dating.pairing.formula import SEXES, STEEPEST
from allonce.products.dating.pairing.model import Past, Reciprocal, member_effects
from allonce.products.dating.pairing.sheet import ROOMS, Sheet, of_line, rows_of
from allonce.products.dating.pairing.trees import export

FEWEST_DECISIONS = 200
OF_ONE_SEX = 400
KNOWN_SHARES = (0.0, 0.3, 0.5, 0.7, 0.9)
STRENGTH = 0.02  # of the fit against the pull of coefficients to 0


@dataclass(frozen=True)
class Decisions:
    """Logged outcomes, a directed decision each; members are rows of `sheet`, whose effects are not read."""

    sheet: Sheet
    past: Past
    steps: NDArray[np.int64]  # distance steps between both
    events: NDArray[np.int64]  # what is held out together in evaluation: an event, or a region's day

    def __post_init__(self) -> None:
        sizes = {part.size for part in (*vars(self.past).values(), self.steps, self.events)}
        if len(sizes) != 1:
            raise ValueError("The columns of the decisions differ in length.")
        members = self.sheet.age.size
        for name in ("judges", "judged"):
            who = getattr(self.past, name)
            if who.size and (who.min() < 0 or who.max() >= members):
                raise ValueError(f"{name} names a member outside the sheet.")

    def part(self, chosen: NDArray[Any]) -> "Decisions":
        """Those decisions only; all members stay."""
        past = Past(*(column[chosen] for column in vars(self.past).values()))
        return Decisions(self.sheet, past, self.steps[chosen], self.events[chosen])


def with_effects(sheet: Sheet, past: Past, base_rate: float) -> Sheet:
    """The sheet with what the past says of its members."""
    return sheet._replace(effects=member_effects(sheet.age.size, past, base_rate))


def _lessons(decisions: Decisions, base_rate: float, seed: int) -> Iterator[tuple[NDArray[Any], ...]]:
    draw = np.random.default_rng(seed)
    past = decisions.past
    for share in KNOWN_SHARES:
        known = draw.random(past.liked.size) < share
        sheet = with_effects(decisions.sheet, decisions.part(known).past, base_rate)
        rest = ~known
        rows = rows_of(sheet, past.judges[rest], past.judged[rest], decisions.steps[rest])
        yield rows, past.liked[rest], np.full(int(rest.sum()), past.liked.size / max(int(rest.sum()), 1))


def fit(decisions: Decisions, seed: int) -> Reciprocal:
    """Learn both parts. ValueError with fewer than 200 decisions, or where all are alike.

    With members of whom fewer than 400 decisions were learned, their sex shares the coefficients of all.
    """
    liked = decisions.past.liked
    if liked.size < FEWEST_DECISIONS or liked.all() or not liked.any():
        raise ValueError(f"A model needs at least {FEWEST_DECISIONS} decisions, likes and passes among them.")
    base_rate = float(liked.mean())
    lessons = list(_lessons(decisions, base_rate, seed))
    rows, answers, weights = (np.concatenate([lesson[part] for lesson in lessons]) for part in range(3))
    features = decisions.sheet.features.shape[1]
    shared = _logistic(rows, answers, weights, features)
    lines = []
    for sex in range(SEXES):
        of_sex = rows[:, -1] == sex
        judged = int((decisions.sheet.sex[decisions.past.judges] == sex).sum())
        both_kinds = 0 < answers[of_sex].sum() < of_sex.sum()
        own = judged >= OF_ONE_SEX and both_kinds
        lines.append(_logistic(rows[of_sex], answers[of_sex], weights[of_sex], features) if own else shared)
    booster = HistGradientBoostingClassifier(
        max_iter=90, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=150, l2_regularization=20.0,
        max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    booster.fit(rows, answers, sample_weight=weights)
    return Reciprocal(of_line(np.stack(lines), features), export(booster), base_rate)


def _logistic(
    rows: NDArray[np.float64], answers: NDArray[np.bool_], weights: NDArray[np.float64], features: int
) -> NDArray[np.float64]:
    """Base and coefficients in the sheet's order. Content is drawn to 0 more strongly than effects and wishes."""
    scale = rows[:, :-1].std(axis=0)
    used = scale > 1e-9
    scale = np.where(used, scale, 1.0)
    pull = np.ones(scale.size)
    pull[: ROOMS * features] = 0.5
    centre = rows[:, :-1].mean(axis=0)
    table = (rows[:, :-1] - centre) / scale * pull * used
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(table, answers, sample_weight=weights)
    slopes = np.clip(model.coef_[0] * pull * used / scale, -STEEPEST, STEEPEST)
    base = np.clip(float(model.intercept_[0]) - float(centre @ slopes), -STEEPEST, STEEPEST)
    return np.concatenate([[base], slopes])
