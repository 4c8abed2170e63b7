import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel import jobs, post
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, today, travel
from allonce.kernel.legal.marketing import queries
from allonce.kernel.legal.marketing.models import Channel, Copy, Newsletter, Preference
from allonce.kernel.legal.marketing.purposes import ALL
from allonce.kernel.legal.marketing.services import contacts, preferences, sending
from allonce.kernel.legal.marketing.services.preferences import NoAssessment, ObjectionNotOffered
from allonce.kernel.legal.marketing.tests import scene
from allonce.kernel.legal.marketing.tests.scene import LIST, agree, enquire, link_in, recipients, said, send, sent
from allonce.kernel.notices import Kind, notify, ports, register_kind

pytestmark = pytest.mark.django_db
ADA, BEA = "ada@reader.example", "bea@reader.example"


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_only_those_with_a_recorded_basis_get_marketing(sam: Inhabitant, olivia: Inhabitant) -> None:
    agree(ADA)
    enquire(BEA)
    contacts.of_address("known@reader.example")
    asked = contacts.of_address("asked@reader.example")
    Preference.objects.create(contact=asked, purpose=LIST, channel=Channel.FORM)  # known to the list, without a basis
    send(sam)
    assert recipients() == [ADA, BEA]


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_every_marketing_mail_has_a_one_click_header_a_visible_link_our_address_and_the_reason(
    sam: Inhabitant, settings: Settings
) -> None:
    settings.OPERATOR_ADDRESS = "7 Quay Road, Falmouth"
    enquire(ADA)
    send(sam)
    [letter] = sent()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = f"http://localhost:8800{link_in(letter)}"
    assert letter.extra_headers["List-Unsubscribe"].startswith(f"<{link}>, <mailto:{settings.OPERATOR_EMAIL}")
    html = str(letter.alternatives[0][0])
    for said_in in (str(letter.body), html):
        assert link in said_in
        assert "7 Quay Road, Falmouth" in said_in
        assert "because of your enquiry" in said_in


def test_what_staff_write_cannot_bring_html_or_pictures_into_a_mail(sam: Inhabitant) -> None:
    agree(ADA)
    send(sam)
    html = str(sent()[0].alternatives[0][0])
    assert "<strong>good</strong>" in html
    assert "<b>none</b>" not in html


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_one_click_without_cookie_or_sign_in_ends_it_at_once_and_service_mail_still_arrives(
    sam: Inhabitant, olivia: Inhabitant
) -> None:
    agree(olivia.person)
    send(sam)
    program = Client(enforce_csrf_checks=True)
    answer = program.post(link_in(sent()[0]), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    send(sam, "News of the winter")
    assert recipients("News of the winter") == []
    register_kind(Kind("test.duty", "Something you must know", required=True))
    notify(olivia.person, "test.duty", post.Words(subject="Your bill", paragraphs=["Here it is."]))
    jobs.run_due()
    assert recipients("Your bill") == [olivia.person.email]


def test_opening_the_link_alone_ends_nothing(sam: Inhabitant) -> None:
    contact = agree(ADA)
    send(sam)
    page = Client().get(link_in(sent()[0]))
    assert b"End it" in page.content
    assert not page.cookies
    assert Preference.objects.get(contact=contact).consented


def test_forged_and_altered_links_are_refused_alike_and_replays_are_harmless(sam: Inhabitant) -> None:
    agree(ADA)
    other = agree(BEA)
    send(sam)
    link = link_in(next(each for each in sent() if each.to == [ADA]))
    forged = ["/unsubscribe/nothing/", link[:-6] + "AAAAA/", link.replace(":", "A", 1), link[:20] + "x" + link[21:]]
    answers = [Client().post(each) for each in forged]
    said_in = {re.sub(rb"nonce.*?>", b"", each.content) for each in answers}
    assert {each.status_code for each in answers} == {410}
    assert len(said_in) == 1
    assert Preference.objects.filter(objected_at=None).count() == 2
    for _again in range(2):
        assert Client().post(link).status_code == 200
    assert Preference.objects.get(contact=other).consented


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_an_objection_during_the_campaign_takes_effect_at_once(
    sam: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 1)
    people_on_it = sorted([agree(ADA), agree(BEA)], key=lambda each: each.id)
    newsletter_id = scene.draft(sam)
    sam.client.post(f"/operator/newsletters/{newsletter_id}/start/")
    jobs.run_due(1)
    preferences.stop(people_on_it[1], LIST, said(Channel.TELEPHONE))
    jobs.run_due()
    assert recipients() == [contacts.email_of(people_on_it[0])]


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_a_letter_that_no_relay_has_taken_yet_is_taken_back_when_its_reader_objects(sam: Inhabitant) -> None:
    contact = agree(ADA)
    newsletter_id = scene.draft(sam)
    sam.client.post(f"/operator/newsletters/{newsletter_id}/start/")
    jobs.run_due(1)
    assert Copy.objects.filter(contact=contact).exists()
    preferences.stop(contact, LIST, said())
    jobs.run_due()
    assert recipients() == []


def test_each_gets_one_letter_although_the_batch_is_killed_in_its_middle_and_done_again(
    sam: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        agree(f"reader{number}@reader.example")
    newsletter_id = scene.draft(sam)
    sam.client.post(f"/operator/newsletters/{newsletter_id}/start/")
    whole, begun = sending.send_one, []

    def killed(newsletter: Newsletter, contact_id: object) -> bool:
        begun.append(contact_id)
        if len(begun) == 3:
            raise RuntimeError("the worker is gone")
        return whole(newsletter, contact_id)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "send_one", killed)
    jobs.run_due()
    assert recipients() == []
    with travel(now() + timedelta(minutes=1)):
        jobs.run_due()
    assert recipients() == [f"reader{number}@reader.example" for number in range(5)]


def test_more_readers_than_a_batch_all_get_it_once(sam: Inhabitant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(5):
        agree(f"reader{number}@reader.example")
    newsletter = send(sam)
    assert len(recipients()) == len(set(recipients())) == 5
    assert newsletter.state == Newsletter.State.SENT


def test_starting_twice_sends_once(sam: Inhabitant) -> None:
    agree(ADA)
    newsletter = send(sam)
    sam.client.post(f"/operator/newsletters/{newsletter.pk}/start/")
    jobs.run_due()
    assert recipients() == [ADA]


def test_a_stopped_newsletter_goes_no_further(sam: Inhabitant) -> None:
    agree(ADA)
    newsletter_id = scene.draft(sam)
    sam.client.post(f"/operator/newsletters/{newsletter_id}/start/")
    sam.client.post(f"/operator/newsletters/{newsletter_id}/stop/")
    jobs.run_due()
    assert recipients() == []


def test_a_trial_goes_to_the_writer_alone(sam: Inhabitant) -> None:
    agree(ADA)
    newsletter_id = scene.draft(sam)
    sam.client.post(f"/operator/newsletters/{newsletter_id}/try/")
    jobs.run_due()
    assert recipients() == [sam.person.email]
    assert Newsletter.objects.get(pk=newsletter_id).state == Newsletter.State.DRAFT


def test_nothing_is_sent_without_a_postal_address(sam: Inhabitant, settings: Settings) -> None:
    settings.OPERATOR_ADDRESS = ""
    agree(ADA)
    assert send(sam).state == Newsletter.State.DRAFT
    assert recipients() == []


@pytest.mark.promise("PRIV-OPT-IN-LIST")
def test_no_soft_opt_in_where_objecting_was_not_offered_at_collection(db: None) -> None:
    with pytest.raises(ObjectionNotOffered):
        enquire(ADA, offered=False)


def test_a_legitimate_interest_needs_an_assessment_that_holds_today(sam: Inhabitant) -> None:
    contact = contacts.of_address(ADA)
    with pytest.raises(NoAssessment):
        preferences.rely_on_interest(contact, LIST, said())
    form = {
        "purpose": LIST,
        "interest": "To tell businesses of what is new.",
        "necessity": "A letter by post would cost more.",
        "balancing": "They expect it and can end it.",
        "outcome": "proceed",
        "review_by": (today() + timedelta(days=100)).isoformat(),
    }
    assert sam.client.post("/operator/marketing/interests/", form).status_code == 302
    assert preferences.rely_on_interest(contact, LIST, said())
    send(sam)
    assert recipients() == [ADA]
    with travel(now() + timedelta(days=101)):
        assert not queries.audience(LIST).exists()
    sam.client.post("/operator/marketing/interests/", form | {"outcome": "refrain"})
    send(sam, "After the review")
    assert recipients("After the review") == []


def test_an_address_that_signs_up_keeps_its_objection_and_gets_one_letter(sam: Inhabitant) -> None:
    preferences.stop(agree(ADA), ALL, said())
    agree(BEA)
    for email in (ADA, BEA):
        people.person(email, "New Comer")
    send(sam)
    agree_again = contacts.of_address(ADA)
    assert recipients() == [BEA]
    assert agree_again.person is not None
    assert not Preference.objects.get(contact=agree_again, purpose=LIST).consented


def test_a_link_still_works_after_its_reader_signed_up(sam: Inhabitant) -> None:
    agree(ADA)
    send(sam)
    person = people.person(ADA, "Ada Reader")
    contact = contacts.of_person(person)
    assert Client().post(link_in(sent()[0])).status_code == 200
    assert not Preference.objects.get(contact=contact, purpose=LIST).consented


def test_marketing_is_not_sent_from_a_box_that_nobody_ticked(olivia: Inhabitant, sam: Inhabitant) -> None:
    """Signing up puts nobody on the list."""
    send(sam)
    assert not [each for each in mail.outbox if olivia.person.email in each.to]


def test_nobody_is_written_to_who_restricted_the_use_of_their_data(
    olivia: Inhabitant, sam: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Restricted:
        def may_process(self, person_id: UUID, purpose: str) -> bool:
            return not (person_id == olivia.person.id and purpose == "marketing")

    monkeypatch.setattr(ports, "_limits", [Restricted()])
    agree(olivia.person)
    agree(ADA)
    send(sam)
    assert recipients() == [ADA]
