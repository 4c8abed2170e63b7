"""Public pages are read without giving anything."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connections, models
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.declarations import PD, declarations
from allonce.kernel.privacy.analytics import visits
from allonce.kernel.privacy.analytics.models import Visit
from tests.tenancy.addresses import every_address

pytestmark = pytest.mark.django_db
# Pages that are nothing but a form: they may set the one needed cookie that shows where a form was sent from.
FORMS = {"/sign-in/", "/sign-in/forgotten/", "/sign-up/", "/dating/join/"}
# What only this reader would leave behind.
TRACES = ("A browser of a reader", "203.0.113.7", "what-they-searched")


def public_pages() -> list[str]:
    """Every public page without parameters."""
    return ["/" + each.route for each in every_address() if each.is_public and not each.parameters()]


def about_somebody(model: type[models.Model]) -> bool:
    """Whether the table declares a subject or personal data, or is not declared at all."""
    declared = declarations.get(model._meta.label)
    return declared is None or declared.subject is not None or any(isinstance(x, PD) for x in declared.facts.values())


def tables() -> Iterator[tuple[type[models.Model], str]]:
    """Every table with its rows as text."""
    for model in apps.get_models(include_auto_created=True):
        connection = connections["keys" if model._meta.app_label == "vault" else "default"]
        if model._meta.db_table not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            yield model, "\n".join(sorted(repr(row) for row in cursor.fetchall()))


@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
def test_public_pages_answer_without_cookies_or_an_account() -> None:
    for path in public_pages():
        answer = Client().get(path)
        assert answer.status_code < 500, path
        sent_away = answer.status_code == 302 and "next=" in answer["Location"]
        assert not sent_away, f"{path} asks strangers to sign in"


@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
@pytest.mark.parametrize("path", ["/", "/cookies/", "/newsletter/", "/newsletter/leave/", "/licences/", "/parts/"])
def test_pages_of_text_are_open_to_everybody(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
def test_a_first_visit_sets_no_cookie_but_where_somebody_signs_in_or_up() -> None:
    setting = {path for path in public_pages() if Client().get(path).cookies}
    assert setting <= FORMS
    for path in setting:
        assert set(Client().get(path).cookies) == {"csrftoken"}


@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
def test_reading_every_public_page_stores_nothing_about_the_reader(settings: Settings) -> None:
    settings.VISIT_LOG = True
    Client().get("/")
    before = dict(tables())
    reader = Client(headers={"User-Agent": TRACES[0], "Referer": f"https://search.example/?q={TRACES[2]}"})
    for path in public_pages():
        reader.get(path, REMOTE_ADDR=TRACES[1])
    visits.flush()
    after = dict(tables())
    # The log of visits alone may tell that somebody was here, and it knows nobody.
    assert [model._meta.label for model, rows in before.items() if after[model] != rows] == ["analytics.Visit"]
    assert not about_somebody(Visit)
    assert [model._meta.label for model, rows in after.items() if any(trace in rows for trace in TRACES)] == []


@pytest.mark.promise("PRIV-ANONYMOUS-SITE")
def test_refusing_to_give_an_address_blocks_only_what_needs_one() -> None:
    reader = Client(headers={"Origin": "http://testserver"})
    assert reader.post("/newsletter/", {"email": ""}).status_code == 422
    assert reader.get("/").status_code == 200
