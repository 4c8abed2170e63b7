"""The staff's side: answers reach the sender, notes never do, and two do not answer past each other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.desk.models import File, Line, Ticket, TimeEntry
from allonce.kernel.desk.tests.scene import act, answer, asked, done, fresh, latest, letters, own, said_on

pytestmark = pytest.mark.django_db
SECRET = "The sender is a difficult one: xyzzy-4711"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_a_note_leaks_to_the_sender(sam: Inhabitant) -> None:
    ticket = asked()
    done(sam, ticket, "note", words=SECRET)
    answer(sam, ticket)
    assert SECRET in sam.client.get(f"/operator/desk/{ticket.id}/").content.decode()
    assert "xyzzy" not in Client().get(own(ticket)).content.decode()
    assert "xyzzy" not in str(letters())


def test_an_answer_does_not_reach_the_sender_or_their_page(sam: Inhabitant) -> None:
    ticket = asked()
    answer(sam, ticket, "Turn the rail.\n\nThen clip it in.")
    [letter] = letters("desk.answer")
    assert letter["to"] == ticket.email
    assert "Turn the rail." in letter["text"] and "Then clip it in." in letter["text"]
    assert letter["reply_to"] == "support@allonce.example"
    assert "Turn the rail." in Client().get(own(ticket)).content.decode()
    assert (fresh(ticket).state, fresh(ticket).handler_id) == ("waiting", sam.person.id)


def test_two_answer_past_each_other(sam: Inhabitant) -> None:
    ticket = asked()
    form = {"words": "Mine.", "after": "waiting", "revision": ticket.revision}
    kim = people.fellow(sam, "support")
    assert answer(kim, ticket, "Kim's.").status_code == 302
    late = sam.client.post(f"/operator/desk/{ticket.id}/answer/", form)
    page = late.content.decode()
    assert late.status_code == 422
    assert "Something has happened on this ticket" in page
    assert "Mine." in page, "what was typed is gone"
    assert [words for _kind, words in said_on(ticket)] == ["All of them, since Monday.", "Kim's."]
    assert answer(sam, ticket, "Mine.").status_code == 302


def test_minutes_are_lost_or_counted_twice(sam: Inhabitant) -> None:
    ticket = asked()
    answer(sam, ticket, minutes=12)
    done(sam, ticket, "time", minutes=3)
    assert sum(TimeEntry.objects.values_list("minutes", flat=True)) == 15
    assert "15 minutes" in sam.client.get(f"/operator/desk/{ticket.id}/").content.decode()
    assert act(sam, ticket, "time", minutes=0).status_code == 422


def test_solved_is_not_said_or_cannot_be_rated(sam: Inhabitant) -> None:
    ticket = asked()
    assert Client().post(f"{own(ticket)}rate/", {"stars": 5}).status_code == 422
    answer(sam, ticket, after="solved")
    assert len(letters("desk.solved")) == 1
    assert Client().post(f"{own(ticket)}rate/", {"stars": 4, "words": "Quick."}).status_code == 302
    assert (fresh(ticket).stars, fresh(ticket).stars_words) == (4, "Quick.")
    assert "4 stars of five" in sam.client.get(f"/operator/desk/{ticket.id}/").content.decode()


def test_a_word_does_not_open_a_closed_ticket_again(sam: Inhabitant) -> None:
    ticket = asked()
    assert act(sam, ticket, "close").status_code == 404, "closed although the sender was never told"
    answer(sam, ticket, after="solved")
    done(sam, ticket, "close")
    assert fresh(ticket).is_closed
    Client().post(f"{own(ticket)}write/", {"words": "It is back."})
    assert (fresh(ticket).state, fresh(ticket).closed_at) == ("open", None)
    assert fresh(ticket).answer_due_at is not None


def test_a_merge_loses_lines_or_time(sam: Inhabitant) -> None:
    first, second = asked(words="One."), asked(words="Two.")
    done(sam, second, "time", minutes=7)
    done(sam, second, "merge", number=first.reference)
    assert {words for _kind, words in said_on(first)} == {"One.", "Two."}
    assert TimeEntry.objects.get().ticket_id == first.id
    assert fresh(second).is_closed
    Client().post(f"{own(second)}write/", {"words": "Three."})
    assert ("word", "Three.") in said_on(first)


def test_what_somebody_else_wrote_is_shown_to_the_sender_after_a_merge(sam: Inhabitant) -> None:
    first, other = asked(), asked(email="boss@post.example", words="Fire her: xyzzy.")
    done(sam, other, "merge", number=first.reference)
    assert "xyzzy" not in Client().get(own(first)).content.decode()
    assert "xyzzy" in sam.client.get(f"/operator/desk/{first.id}/").content.decode()


def test_a_file_is_not_kept_or_is_handed_to_strangers(sam: Inhabitant) -> None:
    sent = SimpleUploadedFile("rail.png", PNG, "image/png")
    form = {"name": "Nia", "email": "nia@post.example", "subject": "Rail", "words": "See.", "file": sent}
    assert Client().post("/support/ask/", form, headers={"Origin": "http://testserver"}).status_code == 302
    ticket, file = latest(), File.objects.get()
    got = Client().get(f"{own(ticket)}file/{file.id}/")
    assert got.status_code == 200 and got["Content-Disposition"].startswith("attachment")
    assert sam.client.get(f"/operator/desk/{ticket.id}/file/{file.id}/").content == got.content
    other = asked(email="ben@post.example")
    assert Client().get(f"{own(other)}file/{file.id}/").status_code == 404


def test_a_text_that_calls_itself_a_picture_is_kept(db: None) -> None:
    sent = SimpleUploadedFile("rail.png", b"<script>alert(1)</script>", "image/png")
    form = {"name": "Nia", "email": "nia@post.example", "subject": "Rail", "words": "See.", "file": sent}
    assert Client().post("/support/ask/", form, headers={"Origin": "http://testserver"}).status_code == 422
    assert not Ticket.objects.exists()


def test_what_staff_read_leaves_no_trace_or_too_much(sam: Inhabitant) -> None:
    ticket = asked()
    sam.client.get(f"/operator/desk/{ticket.id}/")
    entry = Entry.objects.filter(action="ticket.read").get()
    assert entry.actor_id == sam.person.id
    done(sam, ticket, "note", words=SECRET)
    assert not any("xyzzy" in str(each.data) for each in Entry.objects.all())


def test_an_account_does_not_see_that_staff_read_its_ticket(olivia: Inhabitant, sam: Inhabitant) -> None:
    olivia.client.post("/me/support/new/", {"subject": "Mine", "words": "Hello."})
    assert "Olivia" not in sam.client.get("/operator/desk/").content.decode(), "the queue names who asked"
    assert "Olivia" in sam.client.get(f"/operator/desk/{latest().id}/").content.decode()
    assert "Read a ticket" in olivia.client.get("/account/activity/").content.decode()


def test_somebody_without_the_duty_works_at_the_desk(sam: Inhabitant) -> None:
    ticket = asked()
    kim = people.fellow(sam, "billing")
    assert kim.client.get("/operator/desk/").status_code == 404
    assert kim.client.get(f"/operator/desk/{ticket.id}/").status_code == 404
    assert act(kim, ticket, "note", words="x").status_code == 404
    assert not Line.objects.filter(kind="note").exists()


def test_a_person_reads_somebody_elses_ticket(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Hall")
    olivia.client.post("/me/support/new/", {"subject": "Mine", "words": "Hello."})
    ticket = latest()
    assert olivia.client.get(f"/me/support/{ticket.id}/").status_code == 200
    for name in ("", "write/", "rate/"):
        assert ben.client.post(f"/me/support/{ticket.id}/{name}", {"words": "x"}).status_code in (404, 405)
    assert ben.client.get(f"/me/support/{ticket.id}/").status_code == 404


def test_the_queue_is_not_found_by_number_or_address(sam: Inhabitant) -> None:
    ticket = asked()
    asked(email="ben@post.example", subject="Other")
    for q in (ticket.reference, str(ticket.number), "NIA@post.example"):
        page = sam.client.get("/operator/desk/", {"q": q}).content.decode()
        assert "Blinds are crooked" in page and "Other" not in page, q
    assert "No ticket fits" in sam.client.get("/operator/desk/", {"q": "nobody@post.example"}).content.decode()
