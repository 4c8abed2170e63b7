"""Every promise of the register is claimed by a test, or named as coming later; and what is claimed is a promise."""

from allonce.project.promises.claims import SNAPSHOT, read_claims, snapshot_text
from allonce.project.promises.faults import faults
from allonce.project.promises.register import FOLDER, read_register
from tests.probe.installation import ROOT


def test_every_promise_is_claimed_or_named_as_coming_later() -> None:
    assert not faults(read_register(FOLDER), read_claims(ROOT))


def test_the_snapshot_for_installations_without_tests_is_current() -> None:
    assert (FOLDER / SNAPSHOT).read_text() == snapshot_text(read_claims(ROOT)), "run: allonce promises --write"
