"""What leaves as a figure leads to nobody: not by reading it, not by subtracting, not by any other export."""

import itertools
import json
from collections import defaultdict
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from allonce.kernel import audit
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now, today, travel
from allonce.kernel.declarations import evidence_for
from allonce.kernel.privacy.analytics import counting, queries
from allonce.kernel.privacy.analytics.demo import load
from allonce.kernel.privacy.analytics.evidence import unfit_columns
from allonce.kernel.privacy.analytics.measures import Cell
from allonce.kernel.privacy.analytics.models import DailyCount, Visit
from allonce.kernel.privacy.analytics.suppression import Published, publish
from tests.tenancy.addresses import every_address

pytestmark = pytest.mark.django_db
Table = dict[str, int]

# Every address that hands out a file, and whose data it is. Nobody else's data leaves by any of them.
EXPORTS = {
    "dating/people/<uuid:member_id>/report/": "no file: a form in which a member reports another",
    "chat/reports/": "a Client's own figures; a Provider's with small groups hidden",
    "chat/reports/figures.csv": "a Client's own figures; a Provider's with small groups hidden",
    "chat/reports/conversations.csv": "the Client's own conversations, to the Client",
    "chat/leads/table.csv": "the Client's own leads, to the Client",
    "account/activity.csv": "the account's own record, to its owner",
    "operator/analytics/figures.csv": "the figures, small groups hidden",
    "operator/analytics/figures.json": "the figures, small groups hidden",
    "setup/documents/sample.pdf": "a made-up job in the account's own look",
    "setup/export/catalogue.xlsx": "the account's own prices",
    "setup/export/<slug:product_id>.xlsx": "the account's own prices",
    "setup/export/<slug:product_id>/<slug:table_id>.xlsx": "the account's own prices",
    "setup/file/catalogue.json": "the account's own catalogue",
}
EXPORT_WORDS = ("csv", "json", "export", "download", "pdf", "xlsx", "zip", "archive", "dump", "feed", "report")


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


def hidden_alike(cells: Table, minimum: int, lots: tuple[int, ...] = (0,) * 9) -> Published:
    """As published where each visit is a visitor's of its own."""
    found = {
        key: Cell(cells[key], cells[key], lot) for key, lot in zip(sorted(cells), lots, strict=False) if cells[key]
    }
    total = sum(cells.values())
    return publish(found, Cell(total, total), minimum)


def as_seen(published: Published) -> tuple[object, ...]:
    return (tuple(sorted(published.cells.items())), published.rest)


@pytest.mark.promise("PRIV-NO-SALE")
def test_whoever_knows_the_rule_cannot_work_out_a_small_figure() -> None:
    # Every table there is, of three known pages, and every way in which the lots can fall: whoever sees what was
    # published knows that one of those which publish alike is the true one, and nothing more.
    minimum = 4
    alike: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts, lots in itertools.product(itertools.product(range(15), repeat=3), itertools.permutations(range(3))):
        if sum(counts) < 15 + minimum:  # beyond it, tables that would publish alike lie outside what is tried
            seen = as_seen(hidden_alike(dict(zip("abc", counts, strict=True)), minimum, lots))
            alike[seen].append(counts)
    for tables in alike.values():
        for page in range(3):
            possible = {counts[page] for counts in tables}
            assert len(possible) > 1 or possible.pop() not in range(1, minimum)


@pytest.mark.promise("PRIV-NO-SALE")
@given(
    cells=st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 60), min_size=1),
    minimum=st.integers(5, 20),
    crowds=st.randoms(use_true_random=False),
)
def test_no_figure_of_a_small_group_is_shown_and_subtracting_gives_none(
    cells: Table, minimum: int, crowds: object
) -> None:
    groups = {key: max(1, count * crowds.randint(1, 100) // 100) for key, count in cells.items()}  # type: ignore[attr-defined]  # a seeded Random
    found = {key: Cell(count, groups[key]) for key, count in cells.items()}
    total = Cell(sum(cells.values()), max(groups.values()))
    shown = publish(found, total, minimum)
    if total.group < minimum:
        assert shown == Published()
        return
    assert shown.total == total.count
    assert all(groups[key] >= minimum and shown.cells[key] == cells[key] for key in shown.cells)
    hidden = cells.keys() - shown.cells.keys()
    small = [key for key in hidden if groups[key] < minimum]
    if small:
        # At least one large figure hides among the small ones, and if it were as small as it can be, what is left
        # could still be a large one.
        assert len(hidden) > len(small)
        assert shown.rest is not None
        assert shown.rest - minimum >= minimum or not shown.cells


@pytest.mark.promise("PRIV-NO-SALE")
def test_a_longer_span_tells_no_more_than_its_days(db: None) -> None:
    # A day's figures are the same in whatever span and however often it is asked for, so that neither two spans nor
    # two answers can be subtracted from each other. Each day has pages to hide, and several to hide beside them.
    days = [today() - timedelta(days=back) for back in (6, 5, 4)]
    for day in days:
        at = now().replace(year=day.year, month=day.month, day=day.day)
        for route, visitors in (("home", 30), ("licences", 25), ("parts", 20), ("cookies", 15), ("promises", 2)):
            Visit.objects.bulk_create(
                Visit(at=at, route=route, referrer="", browser="firefox", system="linux", network=f"198.51.{n}.0")
                for n in range(visitors)
            )
        counting.count_day(day)
    alone = [row for day in days for row in queries.rows(queries.span(day, day))]
    assert {row.key for row in alone if row.dimension == "page"} > {"rest"}
    for _again in range(5):
        assert queries.rows(queries.span(days[0], days[-1])) == alone


@pytest.fixture
def counted(db: None, settings: Settings) -> None:
    """A day with a busy page, a page that three looked at, and one that a single visitor opened forty times."""
    plan = [("home", 30, 30), ("licences", 25, 25), ("parts", 3, 3), ("accounts:sign_in", 40, 1)]
    at = now() - timedelta(days=4)
    for route, times, visitors in plan:
        Visit.objects.bulk_create(
            Visit(
                at=at, route=route, referrer="", browser="firefox", system="linux", network=f"198.51.{n % visitors}.0"
            )
            for n in range(times)
        )
    counting.count_day(at.date())


@pytest.mark.promise("PRIV-NO-SALE")
def test_small_groups_are_in_no_export(counted: None, sam: Inhabitant) -> None:
    for path in ("/operator/analytics/figures.csv", "/operator/analytics/figures.json", "/operator/analytics/"):
        answer = sam.client.get(path)
        assert answer.status_code == 200
        said = answer.content.decode()
        assert "98" in said
        # One visitor's forty looks are one visitor's, however many.
        assert "accounts:sign_in" not in said
        assert "Sign in" not in said or path.endswith("/")
    rows = {row.key: row.count for row in queries.rows(queries.span(None, None)) if row.dimension == "page"}
    # Which of the two busy pages is hidden beside the small ones is drawn by lot.
    assert rows in ({"home": 30, "rest": 68}, {"licences": 25, "rest": 73}, {"rest": 98})


@pytest.mark.promise("PRIV-NO-SALE")
def test_nobody_can_ask_for_smaller_groups(counted: None, sam: Inhabitant) -> None:
    usual = sam.client.get("/operator/analytics/figures.csv").content
    asked = sam.client.get("/operator/analytics/figures.csv?smallest_group=1&minimum=1&SMALLEST_GROUP=1").content
    assert asked == usual


@pytest.mark.promise("PRIV-NO-SALE")
def test_a_day_that_is_still_being_counted_is_not_published(counted: None) -> None:
    assert queries.span(None, today()).until == today() - timedelta(days=3)
    with travel(now() - timedelta(days=2)):
        assert not queries.rows(queries.span(None, None))


@pytest.mark.promise("PRIV-NO-SALE")
def test_a_site_that_led_few_people_here_is_not_named_even_in_the_tables(db: None) -> None:
    at = now() - timedelta(days=1)
    common = {"at": at, "route": "home", "browser": "firefox", "system": "linux"}
    for n in range(12):
        Visit.objects.create(**common, referrer="search.example", network=f"198.51.{n}.0")
    Visit.objects.create(**common, referrer="olivia-marsh.example", network="203.0.113.0")
    counting.count_days()
    kept = set(DailyCount.objects.filter(dimension="referrer").values_list("key", flat=True))
    assert kept == {"search.example", "other"}


@pytest.mark.promise("PRIV-NO-SALE")
def test_the_files_that_leave_are_known_each_with_a_reason() -> None:
    closed = [each.route for each in every_address() if not each.is_public]
    found = {route for route in closed if any(word in route.lower() for word in EXPORT_WORDS)}
    # What a person is handed of their own stands under me/ and account/, behind a door that knows them.
    foreign = {route for route in found - EXPORTS.keys() if not route.startswith(("me/", "account/"))}
    assert not foreign, f"a file with people's data leaves only to whom it belongs; give the reason here: {foreign}"


@pytest.mark.promise("PRIV-NO-SALE")
def test_owners_and_strangers_get_no_figures(counted: None) -> None:
    olivia = people.owner()
    for path in ("/operator/analytics/", "/operator/analytics/figures.csv", "/operator/analytics/figures.json"):
        assert olivia.client.get(path).status_code == 404
        assert Client().get(path).status_code == 302


@pytest.mark.promise("DATA-ANALYTICS")
def test_the_figures_tables_hold_no_words_and_lead_to_nobody() -> None:
    assert not unfit_columns()


@pytest.mark.promise("DATA-ANALYTICS")
def test_what_customers_write_reaches_no_figure(settings: Settings, sam: Inhabitant) -> None:
    owners = [people.owner(f"Shop{n} Blinds", "Zacharias Quill") for n in range(12)]
    for each in owners:
        audit.record("catalogue.published", actor=SYSTEM, account_id=each.account.id)
    with travel(now() + timedelta(days=5)):
        counting.count_days(6)
        kept = repr(list(DailyCount.objects.values()))
        sent = sam.client.get("/operator/analytics/figures.json").content.decode()
    assert "catalogue.published" in kept
    for secret in [
        "Zacharias",
        "quill",
        *(str(each.account.id) for each in owners),
        *(each.account.name for each in owners),
    ]:
        assert secret not in kept + sent


def test_a_night_that_was_missed_or_counted_twice_changes_nothing(counted: None) -> None:
    before = list(DailyCount.objects.order_by("key").values("dimension", "key", "count"))
    counting.count_day(today() - timedelta(days=4))
    assert list(DailyCount.objects.order_by("key").values("dimension", "key", "count")) == before


def test_the_page_shows_lines_and_tables_and_survives_odd_dates(sam: Inhabitant) -> None:
    load()
    page = sam.client.get("/operator/analytics/").content.decode()
    assert page.count('role="img"') == 2
    assert "<table" in page
    for query in ("since=2031-01-01", "since=nonsense&until=1", "since=0001-01-01", "until=0001-01-01"):
        assert sam.client.get(f"/operator/analytics/?{query}").status_code == 200, query


def test_an_empty_installation_says_so(sam: Inhabitant) -> None:
    assert "Nothing that may be shown" in sam.client.get("/operator/analytics/").content.decode()
    assert json.loads(sam.client.get("/operator/analytics/figures.json").content)["figures"] == []


@pytest.mark.parametrize("promise", ["PRIV-TECHNICAL-DATA", "PRIV-NO-SALE", "DATA-ANALYTICS"])
def test_the_promises_page_hears_how_it_stands(promise: str) -> None:
    assert all(each.holds for each in evidence_for(promise))
    assert evidence_for(promise)
