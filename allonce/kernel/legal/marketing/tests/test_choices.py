"""One record in which every channel ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit import SYSTEM
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, today
from allonce.kernel.legal.marketing import consents, queries, unsubscribe
from allonce.kernel.legal.marketing.models import Change, Contact, Preference
from allonce.kernel.legal.marketing.models.preferences import HistoryIsKept
from allonce.kernel.legal.marketing.purposes import ALL, ConsentPurpose, register_purpose
from allonce.kernel.legal.marketing.services import contacts, preferences
from allonce.kernel.legal.marketing.services.preferences import ObjectedSince, Said, WordingChanged
from allonce.kernel.legal.marketing.tests.scene import LIST, agree, enquire, said, stranger
from allonce.kernel.legal.marketing.wording import NEWSLETTER

pytestmark = pytest.mark.django_db
ADA = "ada@reader.example"
PAGE = "/me/consents/"


def by_link(olivia: Inhabitant, _sam: Inhabitant) -> None:
    token = unsubscribe.token_for(contacts.of_person(olivia.person), LIST)
    assert Client().post(f"/unsubscribe/{token}/").status_code == 200


def by_own_page(olivia: Inhabitant, _sam: Inhabitant) -> None:
    assert olivia.client.post(PAGE, {"purpose": LIST, "given": "no"}).status_code == 302


def by_public_form(olivia: Inhabitant, _sam: Inhabitant) -> None:
    assert stranger().post("/newsletter/leave/", {"email": olivia.person.email.upper()}).status_code == 200


def by_staff(channel: str) -> Callable[[Inhabitant, Inhabitant], None]:
    def note(olivia: Inhabitant, sam: Inhabitant) -> None:
        found = sam.client.post("/operator/marketing/", {"email": olivia.person.email})["Location"]
        form = {"purpose": LIST, "channel": channel, "on": today().isoformat()}
        assert sam.client.post(f"{found}stop/", form).status_code == 302

    return note


CHANNELS = {
    "link": by_link,
    "form": by_own_page,
    "public form": by_public_form,
    "telephone": by_staff("telephone"),
    "post": by_staff("post"),
    "email": by_staff("email"),
}


@pytest.mark.promise("PRIV-UNSUBSCRIBE-CHANNELS")
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_ends_in_the_one_record_with_the_same_effect(
    channel: str, olivia: Inhabitant, sam: Inhabitant
) -> None:
    contact = agree(olivia.person)
    CHANNELS[channel](olivia, sam)
    assert not queries.may_send(contact, LIST)
    assert Contact.objects.count() == 1
    row = Preference.objects.get(contact=contact, purpose=LIST)
    assert row.channel == channel.removeprefix("public ")
    assert row.objected_at is not None
    assert not consents.given(olivia.person, LIST)


@pytest.mark.promise("PRIV-UNSUBSCRIBE-CHANNELS")
@pytest.mark.parametrize("channel", ["telephone", "post", "email"])
def test_staff_record_channel_and_time_and_the_person_sees_it(
    channel: str, olivia: Inhabitant, sam: Inhabitant
) -> None:
    enquire(olivia.person)
    CHANNELS[channel](olivia, sam)
    noted = Change.objects.latest("pk")
    assert (noted.channel, noted.noted_by) == (channel, sam.person)
    assert abs(noted.at - now()) < timedelta(minutes=1)
    assert b"noted by staff" in olivia.client.get(PAGE).content
    assert b"A choice about marketing was noted for you" in olivia.client.get("/me/notices/").content
    assert Entry.objects.filter(action="marketing.objected", actor_id=sam.person.id).exists()


def test_a_letter_noted_days_later_carries_its_own_day(olivia: Inhabitant, sam: Inhabitant) -> None:
    agree(olivia.person)
    found = sam.client.post("/operator/marketing/", {"email": olivia.person.email})["Location"]
    day = today() - timedelta(days=3)
    sam.client.post(f"{found}stop/", {"purpose": ALL, "channel": "post", "on": day.isoformat()})
    assert Change.objects.get(act="objected").at.date() == day
    tomorrow = {"purpose": ALL, "channel": "post", "on": (today() + timedelta(days=1)).isoformat()}
    assert sam.client.post(f"{found}stop/", tomorrow).status_code == 422


def test_only_staff_find_an_address_and_each_look_is_recorded(olivia: Inhabitant, sam: Inhabitant) -> None:
    contact = enquire(olivia.person)
    for path in ("/operator/marketing/", f"/operator/marketing/{contact.id}/", "/operator/newsletters/"):
        assert olivia.client.get(path).status_code == 404
    page = sam.client.post("/operator/marketing/", {"email": "nobody@reader.example"})
    assert b"No choice of" in page.content
    assert not Contact.objects.exclude(pk=contact.pk).exists()
    sam.client.post("/operator/marketing/", {"email": olivia.person.email})
    assert Entry.objects.filter(action="marketing.looked_up").count() == 2
    shown = sam.client.get(f"/operator/marketing/{contact.id}/").content.decode()
    assert olivia.person.email not in shown
    assert olivia.person.name not in shown


def test_an_objection_to_everything_covers_purposes_registered_later(olivia: Inhabitant) -> None:
    contact = agree(olivia.person)
    olivia.client.post(PAGE, {"purpose": ALL, "given": "no"})
    register_purpose(ConsentPurpose("marketing.later", "Later", "Later.", ("Send me that.",), marketing=True))
    try:
        assert not preferences.note_soft_opt_in(
            contact, "marketing.later", said(), preferences.Origin("sale", today(), objection_offered=True)
        )
        assert not queries.may_send(contact, "marketing.later")
        preferences.give(contact, "marketing.later", said())
        assert queries.may_send(contact, "marketing.later")
        assert not queries.may_send(contact, LIST)
    finally:
        _forget_purpose("marketing.later")


def test_a_consent_is_given_and_taken_back_with_one_click_and_shows_its_sentence(olivia: Inhabitant) -> None:
    assert b"Not agreed" in olivia.client.get(PAGE).content
    olivia.client.post(PAGE, {"purpose": LIST, "given": "yes"})
    assert consents.given(olivia.person, LIST)
    page = olivia.client.get(PAGE).content.decode()
    assert "version 1" in page
    assert str(NEWSLETTER.wording) in page
    olivia.client.post(PAGE, {"purpose": LIST, "given": "no"})
    row = consents.record_of(olivia.person, LIST)
    assert row is not None
    assert row.withdrawn_at is not None
    assert not consents.given(olivia.person, LIST)


def test_taking_back_rewrites_no_history(olivia: Inhabitant) -> None:
    agree(olivia.person)
    first = Change.objects.get()
    olivia.client.post(PAGE, {"purpose": LIST, "given": "no"})
    olivia.client.post(PAGE, {"purpose": LIST, "given": "yes"})
    assert list(Change.objects.order_by("pk").values_list("act", flat=True)) == ["given", "objected", "given"]
    first.act = Change.Act.WITHDRAWN
    with pytest.raises(HistoryIsKept):
        first.save()


def test_an_agreement_from_before_an_objection_does_not_outweigh_it(db: None) -> None:
    contact = agree(ADA)
    preferences.stop(contact, LIST, said())
    with pytest.raises(ObjectedSince):
        preferences.give(contact, LIST, Said("post", SYSTEM, at=now() - timedelta(days=2)))
    assert not queries.may_send(contact, LIST)


def test_a_sentence_cannot_change_under_those_who_agreed_to_it(db: None) -> None:
    agree(ADA)
    register_purpose(ConsentPurpose(LIST, NEWSLETTER.label, NEWSLETTER.says, ("Something else.",), marketing=True))
    try:
        with pytest.raises(WordingChanged):
            agree("bea@reader.example")
    finally:
        register_purpose(NEWSLETTER)


def test_an_unknown_purpose_is_not_found(olivia: Inhabitant) -> None:
    assert olivia.client.post(PAGE, {"purpose": "nothing.here", "given": "yes"}).status_code == 404
    assert not Preference.objects.exists()


def test_one_persons_choices_are_not_anothers(olivia: Inhabitant) -> None:
    ben = people.owner("Bayside Blinds", "Ben Bay")
    agree(olivia.person)
    ben.client.post(PAGE, {"purpose": ALL, "given": "no"})
    assert consents.given(olivia.person, LIST)


def _forget_purpose(code: str) -> None:
    from allonce.kernel.legal.marketing import purposes

    purposes._purposes.pop(code)
