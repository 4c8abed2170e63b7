"""The log of visits knows no people, keeps little and forgets it; and no page waits for it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.clock import now, travel
from allonce.kernel.declarations import declarations
from allonce.kernel.jobs.registry import registered
from allonce.kernel.privacy.analytics import visits
from allonce.kernel.privacy.analytics.agents import network_of
from allonce.kernel.privacy.analytics.codes import NotACode
from allonce.kernel.privacy.analytics.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-TECHNICAL-DATA")]
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
FROM = {"REMOTE_ADDR": "198.51.100.77"}


@pytest.fixture(autouse=True)
def _log_on(settings: Settings) -> Iterator[None]:
    settings.VISIT_LOG = True
    visits._waiting.clear()
    yield
    visits._waiting.clear()


def visit(
    path: str = "/licences/?token=secret-word", referrer: str = "https://search.example/?q=private-words"
) -> None:
    Client().get(path, headers={"User-Agent": AGENT, "Referer": referrer}, **FROM)  # type: ignore[arg-type]


def everything() -> str:
    visits.flush()
    return repr(list(Visit.objects.values()))


def test_a_visit_is_kept_without_its_address_its_question_and_its_browsers_details() -> None:
    visit()
    kept = everything()
    [row] = Visit.objects.all()
    assert (row.route, row.referrer, row.browser, row.system) == ("licences", "search.example", "firefox", "linux")
    assert row.network == "198.51.100.0"
    assert (row.at.second, row.at.microsecond) == (0, 0)
    for secret in ("198.51.100.77", "secret-word", "private-words", "145.0", "Gecko"):
        assert secret not in kept


def test_ids_and_tokens_of_an_address_are_not_kept() -> None:
    token = tokens.issue_sign_up("new@reader.example")
    visit(f"/sign-up/{token}/")
    visit("/licences/python/Django/")
    kept = everything().lower()
    assert Visit.objects.count() == 2
    assert token[:8].lower() not in kept
    assert "django" not in kept


def test_visits_of_people_who_signed_in_are_not_logged() -> None:
    olivia = people.owner()
    olivia.client.get("/licences/")
    olivia.client.get("/account/")
    Client().get("/licences/", headers={"Authorization": "Bearer something"})
    assert everything() == "[]"


def test_a_visit_leads_to_nobody() -> None:
    ways = [field.name for field in Visit._meta.get_fields() if field.is_relation]
    assert ways == []
    for model in apps.get_models():
        assert Visit not in {field.related_model for field in model._meta.get_fields() if field.is_relation}
    uuids = [field for field in Visit._meta.get_fields() if isinstance(field, models.UUIDField)]
    assert uuids == []


def test_nothing_is_set_in_the_visitors_browser() -> None:
    assert not Client().get("/licences/").cookies


def test_a_page_writes_nothing_before_it_has_left() -> None:
    visit()  # so that what is made once is made
    with CaptureQueriesContext(connection) as done:
        visit()
    assert not [each for each in done.captured_queries if "analytics" in each["sql"]]
    assert len(visits._waiting) == 2


@pytest.mark.usefixtures("one_moment")
def test_a_full_batch_is_written_once_its_answer_has_left() -> None:
    for _ in range(visits.BATCH):
        visit()
    visits.flush_if_due()
    assert Visit.objects.count() == visits.BATCH


def test_a_visit_that_waited_long_is_written_with_the_next_answer() -> None:
    visit()
    visits.flush_if_due()
    assert not Visit.objects.exists()
    with travel(now() + timedelta(minutes=3)):
        visits.flush_if_due()
    assert Visit.objects.exists()


def test_visits_are_forgotten_after_thirty_days() -> None:
    visit()
    visits.flush()
    with travel(now() + timedelta(days=29)):
        registered["analytics.forget_visits"]()
        assert Visit.objects.exists()
    with travel(now() + timedelta(days=31)):
        registered["analytics.forget_visits"]()
        assert not Visit.objects.exists()


def test_the_forgetting_happens_every_night_by_itself() -> None:
    assert registered["analytics.forget_visits"].periods


def test_the_log_can_be_switched_off(settings: Settings) -> None:
    settings.VISIT_LOG = False
    visit()
    assert everything() == "[]"


def test_the_register_names_every_column_of_the_log() -> None:
    declared = declarations["analytics.Visit"]
    assert declared.subject is None
    assert set(declared.facts) == {field.name for field in Visit._meta.local_fields}


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("203.0.113.9", "203.0.113.0"),
        ("::ffff:203.0.113.9", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001-0db8-0001-0000-0000-0000-0000-0000"),
        ("not an address", ""),
    ],
)
def test_the_last_part_of_an_address_is_never_kept(address: str, kept: str) -> None:
    assert network_of(address) == kept


@pytest.mark.parametrize(
    "referrer", ["https://a b.example/", "https://[broken/", "javascript:alert(1)", "https://ü.example/"]
)
def test_a_referrer_that_names_no_host_is_dropped(referrer: str) -> None:
    visit(referrer=referrer)
    visits.flush()
    assert Visit.objects.get().referrer == ""


def test_words_cannot_be_written_into_the_log_by_any_way() -> None:
    with pytest.raises(NotACode):
        Visit.objects.create(at=now(), route="Olivia Marsh", browser="firefox", system="linux")
    with pytest.raises(NotACode):
        Visit.objects.update(referrer="olivia@harbour.example")
