"""For every test: both databases, quick password hashing, the right engine, and no skipping in CI."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from pytest_django.fixtures import Settings

# Examples share a machine with other tests, so none is judged by its speed; fixtures hold for all examples of a test.
hypothesis.settings.register_profile(
    "house", deadline=None, max_examples=30, print_blob=True, suppress_health_check=list(hypothesis.HealthCheck)
)
hypothesis.settings.load_profile("house")
# `make test-real` asks for this one: more examples of every property.
hypothesis.settings.register_profile("thorough", max_examples=100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("django_db"):
            mark.kwargs.setdefault("databases", "__all__")
    elsewhere = [item for item in items if _is_for_another_engine(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


def _is_for_another_engine(item: pytest.Item) -> bool:
    """What only one engine can show runs where that engine is: files by `make test`, servers by `make test-scale`."""
    here = django_settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return any(mark.args[0] != here for mark in item.iter_markers("engine"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and "CI" in os.environ:
        report.outcome = "failed"
        report.longrepr = f"Nothing is skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _quick_hashing(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _own_ledger(settings: Settings, tmp_path: Path) -> None:
    # The ledger of erasures lies outside the databases, so no rollback takes a test's lines back.
    settings.LEDGER_PATH = tmp_path / "erasures.jsonl"


@pytest.fixture(autouse=True)
def _empty_key_cache() -> None:
    # A rolled-back test takes its keys with it, so no test may meet another's cached ones.
    from allonce.kernel.vault import keyring

    keyring.forget()


@pytest.fixture(autouse=True)
def _audit_record_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    # Tests with real transactions end by emptying every table, which the record's triggers would refuse.
    mark = request.node.get_closest_marker("django_db")
    if mark is None or not mark.kwargs.get("transaction"):
        yield
        return
    from django.db import connection

    from allonce.kernel.audit import triggers

    request.getfixturevalue("transactional_db")
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.fixture(autouse=True)
def _no_tries_counted_yet() -> None:
    """On Redis the throttle's counts would outlive the test that made them."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_impressions_waiting() -> None:
    # What one test's visitors saw would be written at the end of another test's request.
    from allonce.products.chat.services import counting

    counting.forget()


@pytest.fixture
def one_moment() -> Iterator[None]:
    """The clock stands still, so that tries counted by the hour cannot fall on both sides of one."""
    from allonce.kernel import clock

    with clock.travel(clock.now()):
        yield
