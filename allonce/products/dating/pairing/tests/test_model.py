"""The reciprocal model: learned, kept as plain numbers, judged on whole events; and what may be told of it."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from allonce.products.dating.pairing.candidates import graph_of
from allonce.products.dating.pairing.daily import pair
from allonce.products.dating.pairing.evaluation import evaluate, main
from allonce.products.dating.pairing.formula import PROBABILITY_ONE, sigmoid_table
from allonce.products.dating.pairing.learning import Decisions, fit
from allonce.products.dating.pairing.members import Pool
from allonce.products.dating.pairing.model import Past, Reciprocal, member_effects
from allonce.products.dating.pairing.packing import pack, tables
from allonce.products.dating.pairing.scoring import Fairness, directed
from allonce.products.dating.pairing.sheet import Sheet
from allonce.products.dating.pairing.speed_dating import read
from allonce.products.dating.pairing.tests.evenings import write
from allonce.products.dating.pairing.tests.people import mixed


@pytest.fixture(scope="module")
def evenings(tmp_path_factory: pytest.TempPathFactory) -> Decisions:
    return read(write(tmp_path_factory.mktemp("evenings") / "dates.csv", events=5, couples=9))


@pytest.fixture(scope="module")
def learned(evenings: Decisions) -> Reciprocal:
    return fit(evenings, 1)


def _pool(members: int, features: int) -> Pool:
    pool = mixed(members, 3)
    columns = {name: getattr(pool, name) for name in Pool.__dataclass_fields__}
    columns["features"] = np.random.default_rng(1).uniform(-2, 2, (members, features)).astype(np.float32)
    return Pool(**columns)


def test_the_whole_number_form_gives_the_models_probabilities(learned: Reciprocal) -> None:
    pool = _pool(40, learned.features)
    plain = Reciprocal(learned.coefficients)
    every = np.arange(pool.size)
    members = pack(pool, every, plain.coefficients, pool.distance_km.astype(np.float64))
    shared = tables(pool, plain.coefficients)
    for i, j in [(0, 1), (5, 9), (20, 33), (39, 2)]:
        line = sum((int(members.people[axis][i]) - int(members.people[axis][j])) ** 2 for axis in "xyz")
        step = np.array([np.searchsorted(shared.steps, line)])
        expected = plain.directed(Sheet.of_pool(pool), np.array([i]), np.array([j]), step)[0]
        forth, _ = directed(members, shared, i, j)
        assert forth / PROBABILITY_ONE == pytest.approx(expected, abs=0.02)


def test_the_sigmoid_is_one_table() -> None:
    table = sigmoid_table()
    assert table[1024] == PROBABILITY_ONE // 2
    assert (table + table[::-1] == PROBABILITY_ONE).all()
    assert (np.diff(table) >= 0).all()


def test_a_saved_model_judges_as_before(tmp_path: Path, learned: Reciprocal, evenings: Decisions) -> None:
    learned.save(tmp_path / "model.json")
    again = Reciprocal.load(tmp_path / "model.json")
    past = evenings.past
    one = learned.directed(evenings.sheet, past.judges, past.judged, evenings.steps)
    other = again.directed(evenings.sheet, past.judges, past.judged, evenings.steps)
    assert np.array_equal(one, other)


def test_exported_trees_judge_as_the_library_does(evenings: Decisions) -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    from allonce.products.dating.pairing.sheet import rows_of
    from allonce.products.dating.pairing.trees import export, tree_logits

    rows = rows_of(evenings.sheet, evenings.past.judges, evenings.past.judged, evenings.steps)
    booster = HistGradientBoostingClassifier(max_iter=5, early_stopping=False, random_state=1)
    booster.fit(rows, evenings.past.liked)
    assert np.allclose(tree_logits(export(booster), rows), booster.decision_function(rows))


@pytest.mark.parametrize("damage", ["trees", "coefficients", "format", "numbers"])
def test_a_damaged_model_is_refused(learned: Reciprocal, damage: str) -> None:
    plain = json.loads(json.dumps(learned.to_plain()))
    if damage == "trees":
        plain["trees"]["left"][0] = 10_000_000
    elif damage == "coefficients":
        del plain["coefficients"]["both"]
    elif damage == "format":
        plain["format"] = 99
    else:
        plain["coefficients"]["base"] = [float("nan")] * 3
    with pytest.raises(ValueError, match=r"Trees|Coefficients|format"):
        Reciprocal.from_plain(plain)


def test_the_daily_run_judges_by_both_parts(learned: Reciprocal) -> None:
    pool = _pool(60, learned.features)
    rows = np.flatnonzero(pool.active)
    _, whole = graph_of(pool, rows, learned, Fairness(), 1)
    _, plain = graph_of(pool, rows, Reciprocal(learned.coefficients), Fairness(), 1)
    assert np.array_equal(whole.other, plain.other)
    assert not np.array_equal(whole.weight, plain.weight)
    left = np.repeat(np.arange(whole.size), np.diff(whole.start))
    turned = {(int(i), int(j)): int(w) for i, j, w in zip(left, whole.other, whole.weight, strict=True)}
    assert all(turned[j, i] == weight for (i, j), weight in turned.items())
    assert pair(pool, date(2026, 6, 1), 1, model=learned).weight > 0


def test_a_model_for_other_features_is_refused(learned: Reciprocal) -> None:
    with pytest.raises(ValueError, match="features"):
        pair(mixed(10, 1), date(2026, 6, 1), 1, model=learned)


def test_little_known_of_a_member_says_little() -> None:
    past = Past(np.zeros(3, int), np.array([1, 2, 2]), np.array([True, True, True]), np.full(3, np.nan))
    effects = member_effects(4, past, 0.5)
    assert 0 < effects[1, 1] < effects[2, 1] < 1
    assert (effects[3] == 0).all()


def test_too_few_decisions_are_refused(evenings: Decisions) -> None:
    with pytest.raises(ValueError, match="at least 200"):
        fit(evenings.part(np.arange(50)), 1)


def test_on_events_held_out_the_model_beats_base_rate_and_popularity(tmp_path: Path) -> None:
    lines = evaluate(read(write(tmp_path / "dates.csv", events=8, couples=10)), 4, 1)
    base, popularity, model, oracle = (
        {name: np.nan if figure is None else figure for name, figure in vars(line).items() if name != "name"}
        for line in lines
    )
    assert model["cold_auc"] > 0.55
    assert model["warm_auc"] > max(popularity["warm_auc"], model["cold_auc"])
    assert model["cold_loss"] < base["cold_loss"]
    assert model["warm_loss"] < base["warm_loss"]
    assert base["matches_per_date"] < model["matches_per_date"] < oracle["matches_per_date"]


def test_a_file_of_another_format_gets_an_error_that_names_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.csv").write_text("iid,pid\n1,2\n")
    assert main([str(tmp_path / "other.csv")]) == 2
    assert "wave, dec, gender, age" in capsys.readouterr().err
    assert main([str(tmp_path / "none.csv")]) == 2
