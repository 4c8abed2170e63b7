"""The shipped texts: complete, filled, and each clause beside the promise it makes."""

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.declarations import evidence_for
from allonce.kernel.legal import queries
from allonce.kernel.legal.authority import UnknownAuthority, authority
from allonce.kernel.legal.documents import documents
from allonce.kernel.legal.evidence import SOURCES
from allonce.kernel.legal.filling import UnknownPlaceholder, filled
from allonce.kernel.legal.roles import roles
from allonce.kernel.legal.services import publishing

pytestmark = pytest.mark.django_db
REGISTER = Path(__file__).resolve().parents[4] / "docs" / "promises"
PROMISE = re.compile(r"\]\(/promises/#([A-Z0-9-]+)\)")


def text_of(slug: str) -> str:
    version = queries.current(slug)
    assert version is not None
    return version.text


@pytest.fixture
def _library() -> None:
    publishing.publish_shipped()


@pytest.mark.promise("PRIV-COMPLAINT")
@pytest.mark.usefixtures("_library")
def test_a_policy_does_not_name_the_authority_or_a_way_to_reach_the_contact(settings: Settings) -> None:
    policies = [each.slug for each in documents() if each.kind in {"privacy", "cookies"}]
    assert len(policies) >= 3
    for slug in policies:
        page = Client().get(f"/legal/{slug}/").content.decode().replace("&#x27;", "'")
        for said in (authority().name, authority().address, settings.OPERATOR_EMAIL, settings.OPERATOR_PHONE):
            assert said in page, (slug, said)
        assert settings.OPERATOR_ADDRESS in page
        assert authority().website in page
    assert "request form" in text_of("privacy")


@pytest.mark.promise("PRIV-COMPLAINT")
@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("CNIL", "Commission nationale"),
        ("Datatilsynet; Carl Jacobsens Vej 35, Valby; https://datatilsynet.dk", "Datatilsynet"),
    ],
)
def test_the_policy_names_another_authority_than_the_installations(settings: Settings, given: str, name: str) -> None:
    settings.AUTHORITY = given
    publishing.publish_shipped()
    assert name in text_of("privacy")
    assert "Wycliffe" not in text_of("privacy")


@pytest.mark.parametrize("given", ["", "Somebody", "Somebody; somewhere", "a;b;c;d"])
def test_an_authority_that_nobody_can_reach_is_taken(settings: Settings, given: str) -> None:
    settings.AUTHORITY = given
    with pytest.raises(UnknownAuthority):
        authority()


@pytest.mark.promise("PRIV-CONTROLLER")
@pytest.mark.usefixtures("_library")
def test_a_kind_of_data_has_no_controller_named() -> None:
    lines = roles()
    assert {line.service for line in lines} >= {"platform", "field"}
    for line in lines:
        assert str(line.controller)
        assert str(line.processor)
        for slug in ("privacy", "processing" if line.service == "field" else "privacy"):
            assert str(line.data) in text_of(slug)
        row = next(each for each in text_of("privacy").splitlines() if str(line.data) in each)
        assert str(line.controller) in row
        assert str(line.processor) in row


@pytest.mark.usefixtures("_library")
def test_a_clause_links_to_a_promise_that_nobody_made() -> None:
    known = {
        row["id"] for file in REGISTER.glob("*.toml") for row in tomllib.loads(file.read_text()).get("promise", [])
    }
    linked = {name for each in documents() for name in PROMISE.findall(text_of(each.slug))}
    assert not linked - known
    assert len(linked) > 40


@pytest.mark.usefixtures("_library")
def test_a_section_of_the_terms_makes_no_promise_that_it_links_to() -> None:
    plain = {"1. Words", "14. Language and law"}
    for section in text_of("terms").split("\n## ")[1:]:
        assert PROMISE.search(section) or section.splitlines()[0] in plain, section.splitlines()[0]


@pytest.mark.usefixtures("_library")
def test_a_published_text_still_has_a_placeholder() -> None:
    for each in documents():
        assert not re.search(r"\{[a-z_]+\}", text_of(each.slug)), each.slug


def test_an_unknown_placeholder_is_published() -> None:
    with pytest.raises(UnknownPlaceholder):
        filled("By {operater_name}.")
    assert filled("{not a field} {}") == "{not a field} {}"


@pytest.mark.usefixtures("_library")
def test_a_promise_of_this_room_has_no_evidence() -> None:
    for promise in SOURCES:
        assert evidence_for(promise)
        assert all(each.holds is not False for each in evidence_for(promise)), promise


@pytest.mark.usefixtures("_library")
def test_the_foot_of_public_pages_lacks_the_texts() -> None:
    page = Client().get("/").content.decode()
    for path in ("/legal/terms/", "/legal/privacy/"):
        assert f'href="{path}"' in page
        assert Client().get(path).status_code == 200
    assert 'href="/legal/cookies/"' in Client().get("/cookies/").content.decode()
