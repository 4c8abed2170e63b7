"""Several at the same moment: one has it, nobody goes beyond a limit, one conversation for one start."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.probe.installation import installed

pytestmark = [pytest.mark.slow, pytest.mark.scale]


def raced(folder: Path, race: str) -> Any:
    """What a race of `racing.py` came to, on the engine of this test run."""
    with installed(folder) as place:
        return json.loads(place.python(f"from allonce.products.chat.tests.racing import {race}\n{race}()"))


def test_of_many_who_accept_at_once_exactly_one_has_it(tmp_path: Path) -> None:
    for winners, losers, accepted, other, joined in raced(tmp_path, "of_many_who_accept_one_has_it"):
        assert (winners, losers) == (1, 5)
        assert (accepted, other, joined) == (1, 5, 1)


def test_an_agent_who_accepts_several_at_once_stays_within_the_limit(tmp_path: Path) -> None:
    done, held = raced(tmp_path, "of_many_at_the_limit_only_so_many_are_taken")
    assert done == ["active", "active", "no_room", "no_room", "no_room"]
    assert held == 2


def test_a_start_sent_often_at_once_is_one_conversation(tmp_path: Path) -> None:
    assert raced(tmp_path, "of_one_start_sent_often_one_conversation_comes") == [1, 1]
