"""Published texts: unchangeable, dated, compared, and their changes told beforehand."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.deletion import ProtectedError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel import notices
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, travel
from allonce.kernel.jobs import run_due
from allonce.kernel.legal import jobs, queries
from allonce.kernel.legal.models import ChangeTold, Unchangeable, Version
from allonce.kernel.legal.rendering.comparing import compare
from allonce.kernel.legal.rendering.markdown import as_html
from allonce.kernel.legal.services import publishing, telling
from allonce.kernel.legal.services.publishing import Text, UnableToPublish
from allonce.kernel.legal.tests.library import CHANGED, TERMS, in_days, letters, material, terms, tick
from allonce.kernel.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_published_text_can_be_changed() -> None:
    version = terms()
    version.text = "Other words."
    with pytest.raises(Unchangeable):
        version.save()
    with pytest.raises(Unchangeable):
        Version.objects.filter(pk=version.pk).update(text="Other words.")
    with pytest.raises(Unchangeable):
        version.delete()
    with pytest.raises(Unchangeable):
        Version.objects.all().delete()
    assert Version.objects.get().text == TERMS


def test_a_text_changed_behind_our_back_reads_as_published() -> None:
    version = terms()
    assert version.is_as_published
    Version._base_manager.filter(pk=version.pk).update(text="Other words.")
    assert not Version.objects.get().is_as_published
    assert Entry.objects.get(action="legal.published").data["digest"] == version.digest


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_legal_text_does_not_say_when_it_was_last_updated() -> None:
    terms()
    with travel(now() + timedelta(days=400)):
        later = terms(CHANGED)
        page = Client().get("/legal/terms/").content.decode()
    assert f"Version 2. Last updated: {later.effective_on:%-d %b %Y}." in page
    assert "A tape is a long measure." in page
    assert "A tape is a measure." in Client().get("/legal/terms/1/").content.decode()


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_material_change_comes_into_force_before_people_could_be_told() -> None:
    terms()
    with pytest.raises(UnableToPublish):
        material(days=29)
    assert material(days=30).number == 2


def test_a_text_begins_in_the_past() -> None:
    with pytest.raises(UnableToPublish):
        terms(effective_on=in_days(-1))


def test_a_later_version_overtakes_an_earlier_one() -> None:
    terms()
    material(days=60)
    with pytest.raises(UnableToPublish):
        terms(TERMS + "\nMore.\n", effective_on=in_days(10))


def test_a_material_change_is_published_without_saying_what_changes() -> None:
    terms()
    with pytest.raises(UnableToPublish):
        terms(CHANGED, effective_on=in_days(30), material=True)


@pytest.mark.promise("LEGAL-VERSIONS")
def test_somebody_is_not_told_of_a_material_change_once_in_the_app_and_by_mail(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    terms()
    version = material()
    run_due()
    run_due()
    for person in (olivia.person, ben.person):
        assert Notice.objects.filter(person=person, kind="legal.change").count() == 1
        [letter] = [each for each in mail.outbox if each.to == [person.email]]
        assert "The tape is longer." in letter.body
        assert "/legal/terms/2/" in letter.body
    assert max(ChangeTold.objects.values_list("at", flat=True)).date() < version.effective_on


@pytest.mark.promise("LEGAL-VERSIONS")
def test_a_batch_that_is_killed_tells_somebody_twice_or_not_at_all(
    olivia: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [people.person(f"p{number}@crowd.example") for number in range(7)]
    monkeypatch.setattr(telling, "BATCH", 3)
    terms()
    version = material()
    notify, calls = notices.notify, []

    def dying(*given: Any) -> Notice | None:
        calls.append(given)
        if len(calls) == 5:
            raise RuntimeError("the machine went down")
        return notify(*given)

    monkeypatch.setattr(notices, "notify", dying, raising=False)
    assert telling.tell_some(version)
    with pytest.raises(RuntimeError):
        telling.tell_some(version)
    assert Notice.objects.count() == ChangeTold.objects.count() == 3
    while telling.tell_some(version):
        pass
    for person in [olivia.person, *crowd]:
        assert Notice.objects.filter(person=person).count() == len(letters(person, "legal.change")) == 1


@pytest.mark.promise("LEGAL-VERSIONS")
def test_somebody_who_came_after_the_announcement_is_not_told(olivia: Inhabitant) -> None:
    terms()
    material()
    run_due()
    late = people.person("late@comer.example")
    jobs.tell_newcomers()
    run_due()
    assert Notice.objects.filter(person=late).count() == Notice.objects.filter(person=olivia.person).count() == 1


def test_people_are_told_after_the_change_came_into_force(olivia: Inhabitant) -> None:
    terms()
    version = material()
    with travel(now() + timedelta(days=31)):
        assert not telling.tell_some(version)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("how", ["first", "not material"])
def test_people_are_told_of_what_does_not_concern_them(olivia: Inhabitant, how: str) -> None:
    terms(material=True, effective_on=in_days(0))
    if how == "not material":
        terms(CHANGED)
    run_due()
    assert not Notice.objects.exists()


def test_staff_are_told_of_what_concerns_owners(olivia: Inhabitant, sam: Inhabitant) -> None:
    publishing.publish("processing", Text("## 1. Orders\n\nOnly as told.\n"))
    material("## 1. Orders\n\nOnly as told in writing.\n", "processing")
    run_due()
    assert set(Notice.objects.values_list("person_id", flat=True)) == {olivia.person.id}


def test_somebody_who_agreed_early_is_told_again(olivia: Inhabitant) -> None:
    tick(olivia.client, terms())
    version = material()
    olivia.client.post("/me/agreements/terms/2/", {f"version_{version.pk}": "on"})
    run_due()
    assert not Notice.objects.exists()


def test_an_agreed_version_can_be_removed(olivia: Inhabitant) -> None:
    version = terms()
    tick(olivia.client, version)
    with pytest.raises(ProtectedError):
        Version._base_manager.filter(pk=version.pk).delete()


def test_differences_are_not_shown_in_words() -> None:
    terms()
    terms(CHANGED.replace("You may leave at any time.", "You may leave at any time.\n\nTake your data with you."))
    page = Client().get("/legal/terms/1/2/").content.decode()
    assert "A tape is a <ins>long </ins>measure." in page
    assert "<ins><p>Take your data with you.</p>" in page
    assert "You may leave at any time." not in page.split('class="legal-diff"')[1]


@given(st.lists(st.text("abc# \n*", max_size=20), max_size=6), st.lists(st.text("abc# \n*", max_size=20), max_size=6))
def test_differences_between_equal_texts_or_none_between_unlike_ones(old: list[str], new: list[str]) -> None:
    before, after = "\n\n".join(old), "\n\n".join(new)
    assert compare(before, before) == []
    told = [each for each in compare(before, after) if each.kind != "heading"]
    same = [p.strip() for p in before.split("\n\n") if p.strip()] == [
        p.strip() for p in after.split("\n\n") if p.strip()
    ]
    assert bool(told) == (not same) or "\n \n" in before + after


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://e.example/p.png)", '<img src="x">'],
)
def test_a_legal_text_carries_markup_of_its_own(attack: str) -> None:
    html = str(as_html(attack)) + "".join(str(each.html) for each in compare("", attack))
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_a_document_that_does_not_exist_is_shown() -> None:
    for path in ("/legal/nothing/", "/legal/terms/", "/legal/terms/7/", "/legal/terms/1/2/"):
        assert Client().get(path).status_code == 404
    assert b"Nothing is published yet" in Client().get("/legal/").content


def test_the_shipped_texts_are_published_again_on_a_second_start() -> None:
    assert publishing.publish_shipped() == 8
    assert publishing.publish_shipped() == 0
    assert all(queries.current(slug) for slug in ("terms", "privacy", "processing"))
