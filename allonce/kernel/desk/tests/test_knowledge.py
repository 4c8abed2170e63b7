"""Answers: public once published, proposed by the words somebody types, and no markup of theirs runs."""

import pytest
from django.test import Client

from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.desk.models import Article, SavedReply

pytestmark = pytest.mark.django_db


def write(sam: Inhabitant, title: str, text: str, *, published: bool = True) -> Article:
    form = {"title": title, "text": text} | ({"published": "on"} if published else {})
    assert sam.client.post("/operator/desk/answers/new/", form).status_code == 302
    return Article.objects.get(title=title)


def test_a_draft_is_public(sam: Inhabitant) -> None:
    found = write(sam, "Crooked blinds", "Level the bracket.", published=False)
    assert Client().get(f"/support/answers/{found.slug}/").status_code == 404
    assert "Crooked" not in Client().get("/support/").content.decode()
    form = {"title": found.title, "text": found.text, "published": "on"}
    sam.client.post(f"/operator/desk/answers/{found.id}/", form)
    assert "Level the bracket." in Client().get(f"/support/answers/{found.slug}/").content.decode()


def test_the_fitting_answer_is_not_proposed(sam: Inhabitant) -> None:
    write(sam, "Crooked blinds", "Level the bracket.")
    write(sam, "Import a price table", "Choose the spreadsheet.")
    shown = Client().get("/support/suggest/", {"subject": "my blind is crooked", "words": ""}).content.decode()
    assert "Crooked blinds" in shown and "Import" not in shown
    assert Client().get("/support/suggest/", {"subject": "hello there"}).content.decode().strip() == ""


def test_markup_in_an_answer_runs(sam: Inhabitant) -> None:
    found = write(sam, "Odd", "<script>alert(1)</script> and [x](javascript:alert(1))")
    page = Client().get(f"/support/answers/{found.slug}/").content.decode()
    assert "<script>alert" not in page and 'href="javascript' not in page


def test_two_answers_of_one_title_share_an_address(sam: Inhabitant) -> None:
    write(sam, "Twice", "One.")
    sam.client.post("/operator/desk/answers/new/", {"title": "Twice", "text": "Two."})
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["twice", "twice-2"]


def test_the_figures_fail_with_and_without_tickets(sam: Inhabitant) -> None:
    from allonce.kernel.desk.tests.scene import answer, asked

    assert "Nothing answered yet" in sam.client.get("/operator/desk/figures/").content.decode()
    answer(sam, asked(), minutes=61)
    assert "1 h 1 min" in sam.client.get("/operator/desk/figures/").content.decode()


def test_a_saved_reply_fills_more_than_its_places_or_sends_itself(sam: Inhabitant) -> None:
    from allonce.kernel.desk.tests.scene import asked, letters

    form = {"title": "Greeting", "text": "Hello {name}, {number}: {subject} {other} {0}", "after": "solved"}
    assert sam.client.post("/operator/desk/replies/new/", form).status_code == 302
    assert sam.client.post("/operator/desk/replies/new/", form).status_code == 422, "two of one name"
    ticket, reply = asked(name="Nia {number}"), SavedReply.objects.get()
    page = sam.client.get(f"/operator/desk/{ticket.id}/", {"begin": str(reply.id)}).content.decode()
    assert f"Hello Nia {{number}}, {ticket.reference}: Blinds are crooked {{other}} {{0}}" in page
    assert 'value="solved" selected' in page
    assert not letters("desk.answer")
    assert sam.client.get(f"/operator/desk/{ticket.id}/", {"begin": "nonsense"}).status_code == 200
    assert sam.client.post(f"/operator/desk/replies/{reply.id}/remove/").status_code == 302
    assert not SavedReply.objects.exists()
