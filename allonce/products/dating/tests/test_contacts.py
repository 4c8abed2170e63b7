"""Hiding from people whom a member knows: what is read, where it counts, and that nobody learns who is here."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allonce.kernel.audit import Actor
from allonce.kernel.privacy.rights.services import erasing
from allonce.kernel.uploads.scanner import EICAR
from allonce.products.dating.models import Date, HiddenContact, Member
from allonce.products.dating.noticing.contacts import read
from allonce.products.dating.services import contacts, daily, instant
from allonce.products.dating.tests.scene import ZONE, Dater, join, maya, noah
from allonce.products.dating.tests.spending import NEXT_DAY, at, choose, copy_of, crowns

pytestmark = pytest.mark.django_db
CARD = """BEGIN:VCARD
VERSION:3.0
N:Harper;Noah;;;
BDAY:19910601
REV:20260101T120000Z
item1.TEL;TYPE=CELL;TYPE=pref:07400 123
 456
TEL;VALUE=uri:tel:+44-1904-500-600
EMAIL;TYPE=INTERNET:Noah@Dating.Example
NOTE:Call 07400 999999 in the evening
END:VCARD
"""


def hide(who: Dater, text: str) -> str:
    return who.client.post("/dating/you/contacts/", {"text": text}, follow=True).content.decode()


def with_number(who: Dater, number: str) -> None:
    member = who.again()
    member.phone = number
    member.save()


def test_a_card_gives_its_numbers_and_addresses_and_no_other_digits() -> None:
    found = read(CARD, "GB")
    assert found.numbers == {"+447400123456", "+441904500600"}
    assert found.addresses == {"noah@dating.example"}


def test_plain_text_gives_what_stands_in_its_lines_with_or_without_names() -> None:
    text = "Noah 07400 123456\nSam Reed <sam@x.example>; +33 6 12 34 56 78, born 1991\nhello"
    found = read(text, "GB")
    assert found.numbers == {"+447400123456", "+33612345678"} and found.addresses == {"sam@x.example"}


@pytest.mark.parametrize("by_whom", [0, 1])
@pytest.mark.parametrize("how", ["address", "number"])
def test_who_is_hidden_is_neither_date_of_the_day_nor_suggested_nor_met_at_once(by_whom: int, how: str) -> None:
    with at():
        both = maya(), noah()
        hider, hidden = both[by_whom], both[1 - by_whom]
        with_number(hidden, "+447400123456")
        assert "1 contact hidden" in hide(hider, hidden.member.person.email if how == "address" else "07400 123456")
        for me, them in (both, both[::-1]):
            assert them.member.first_name not in me.client.get("/dating/next/").content.decode()
            me.client.post("/dating/now/")
        instant.look_for_all()
    with at(23.99):
        assert daily.run(ZONE, NEXT_DAY).active == 2
    assert not Date.objects.exists()


def test_somebody_who_joins_later_or_takes_a_hidden_number_is_hidden_too() -> None:
    with at():
        one = maya()
        hide(one, "noah@dating.example, 07400 123456")
        noah()
        with_number(join("Theo", "man", "woman"), "+447400123456")
        page = one.client.get("/dating/next/").content.decode()
    assert "Noah" not in page and "Theo" not in page


def test_hiding_between_the_choice_of_pairs_and_their_writing_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    with at():
        one, other = maya(), noah()
        hide(one, other.member.person.email)
        monkeypatch.setattr(contacts, "pairs_in", lambda _zone: iter(()))
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert not Date.objects.exists()


def test_who_was_hidden_by_the_one_they_chose_has_the_crown_back() -> None:
    with at():
        one, other = maya(), noah()
        choose(one, other)
        hide(other, one.member.person.email)
    with at(23.99):
        daily.run(ZONE, NEXT_DAY)
    assert not Date.objects.exists() and crowns(one) == 3


def test_a_file_of_cards_is_read_and_a_malicious_or_huge_one_is_refused() -> None:
    with at():
        one = maya()
        given = SimpleUploadedFile("book.vcf", CARD.encode(), "text/vcard")
        answer = one.client.post("/dating/you/contacts/", {"file": given}, follow=True)
        assert "3 contacts hidden" in answer.content.decode()
        bad = SimpleUploadedFile("book.vcf", EICAR, "text/vcard")
        assert one.client.post("/dating/you/contacts/", {"file": bad}).status_code == 422
        huge = SimpleUploadedFile("book.vcf", b"x" * 2_000_001, "text/vcard")
        answer = one.client.post("/dating/you/contacts/", {"file": huge})
    assert answer.status_code == 422 and "over 2 MB" in answer.content.decode()
    assert HiddenContact.objects.count() == 3


@pytest.mark.parametrize("text", ["", "nobody at all", "12345", "not@anything"])
def test_what_holds_no_contact_is_refused_in_words_and_changes_nothing(text: str) -> None:
    with at():
        one = maya()
        answer = one.client.post("/dating/you/contacts/", {"text": text})
    assert answer.status_code == 422 and "number" in answer.content.decode()
    assert not HiddenContact.objects.exists()


def test_more_contacts_than_fit_are_refused_whole() -> None:
    with at():
        one = maya()
        answer = one.client.post("/dating/you/contacts/", {"text": "\n".join(f"p{n}@x.example" for n in range(3001))})
    assert answer.status_code == 422 and "room for 3000" in answer.content.decode()
    assert not HiddenContact.objects.exists()


def test_all_are_removed_at_once_and_count_for_a_day_more() -> None:
    with at():
        one, other = maya(), noah()
        hide(one, f"{other.member.person.email}\nsam@x.example")
        page = one.client.post("/dating/you/contacts/remove/", follow=True).content.decode()
        assert "Nobody is hidden yet" in page
        assert "Noah" not in one.client.get("/dating/next/").content.decode()
    with at(24.2):
        for each in (one, other):
            each.client.get("/dating/you/")
        assert "Noah" in one.client.get("/dating/next/").content.decode()
        assert contacts.forget() == 2 and not HiddenContact.objects.exists()


def test_contacts_are_kept_as_hashes_the_copy_tells_how_many_and_leaving_removes_them() -> None:
    with at():
        one = maya()
        hide(one, "07400 123456, sam@x.example")
        rows = str(list(HiddenContact.objects.values_list("mark", flat=True)))
        assert "7400" not in rows and "sam" not in rows
        copied = copy_of(one)
        assert copied.count("dating.HiddenContact") and "sam@x" not in copied
        erasing.erase_person(one.member.person_id, actor=Actor(kind="person", id=one.member.person_id))
    assert not HiddenContact.objects.exists() and not Member.objects.filter(pk=one.member.pk).exists()
