"""ADF: valid whatever visitors write, read back unchanged, and read at all from those who write it badly."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from allonce.products.chat.leads import adf
from allonce.products.chat.leads.adf.checking import document_type
from allonce.products.chat.leads.adf.values import holdable

AT = datetime(2026, 11, 28, 18, 5, tzinfo=UTC)
LISTING = {
    "id": "F-114",
    "title": "2019 Ford Focus 1.0 Titanium",
    "price": "£11,495",
    "url": "https://cars.example/114",
}
# Short, so that many are tried; any character there is.
words = st.text(max_size=40)
prospects = st.builds(
    adf.Prospect,
    id=words,
    source=words,
    requested_at=st.just(AT),
    thing=st.builds(adf.Thing, **dict.fromkeys(("year", "make", "model", "listing_id", "image", "comments"), words)),
    **dict.fromkeys(
        ("name", "email", "phone", "comments", "vendor", "vendor_id", "provider", "service", "provider_url"), words
    ),
    resend=st.booleans(),
)


def prospect(**other: object) -> adf.Prospect:
    given_ = {
        "id": "7",
        "source": "Allonce",
        "requested_at": AT,
        "thing": adf.thing_of(LISTING, {}),
        "name": "Nia New",
        "email": "nia@post.example",
        "phone": "+447700900123",
        "comments": "Nia: Is it still there?",
        "vendor": "Fenwick Cars",
        "vendor_id": "D-9",
        "provider": "Motor Lists",
        "service": "Chat",
    } | other
    return adf.Prospect(**given_)  # type: ignore[arg-type]


@pytest.mark.promise("CHAT-LEAD")
@given(prospects)
def test_whatever_a_visitor_writes_the_document_is_valid_and_says_it_again(made: adf.Prospect) -> None:
    text = adf.write(made)
    assert adf.faults(fromstring(text)) == []
    [again] = adf.read(text.encode())
    for name in ("id", "email", "phone", "comments", "vendor", "provider", "service", "provider_url", "vendor_id"):
        assert getattr(again, name) == holdable(getattr(made, name)), name
    assert again.name == (holdable(made.name) or "Visitor")
    assert again.resend == made.resend
    for name in ("year", "make", "model", "listing_id", "image", "comments"):
        assert getattr(again.thing, name) == holdable(getattr(made.thing, name)), name


@pytest.mark.promise("CHAT-LEAD")
def test_the_listing_the_person_the_kind_and_the_words_stand_where_receivers_look() -> None:
    root = fromstring(adf.write(prospect()))
    said = {path: root.findtext(path) for path in ("prospect/vehicle/year", "prospect/vehicle/make")}
    assert said == {"prospect/vehicle/year": "2019", "prospect/vehicle/make": "Ford"}
    assert root.findtext("prospect/vehicle/model") == "Focus 1.0 Titanium"
    assert root.findtext("prospect/vehicle/price") == "11495"
    assert found(root, "prospect/vehicle/price").get("currency") == "GBP"
    assert root.findtext("prospect/customer/contact/email") == "nia@post.example"
    assert root.findtext("prospect/customer/comments") == "Nia: Is it still there?"
    assert root.findtext("prospect/provider/name") == "Motor Lists"
    assert root.findtext("prospect/provider/service") == "Chat"


def test_the_document_begins_as_receivers_expect() -> None:
    assert adf.write(prospect()).startswith('<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>\n<adf>')


@pytest.mark.parametrize(
    ("word", "position", "shown"),
    [
        ("Web", "before", "Web Motor Lists"),
        ("Web", "after", "Motor Lists Web"),
        ("", "before", "Motor Lists"),
        ("  ", "after", "Motor Lists"),
    ],
)
def test_the_clients_own_word_stands_before_or_after_the_providers_name(word: str, position: str, shown: str) -> None:
    assert adf.provider_name("Motor Lists", word, position) == shown


@pytest.mark.parametrize(
    ("price", "read"),
    [
        ("£11,495", ("11495", "GBP")),
        ("11.495,50 EUR", ("11495.50", "EUR")),
        ("$ 900", ("900", "USD")),
        ("on request", ("", "")),
        ("1,2,3", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_price_is_read_or_left_out(price: str, read: tuple[str, str]) -> None:
    thing = adf.thing_of({"title": "A house", "price": price}, {})
    assert (thing.price, thing.currency) == read


def test_a_page_without_a_listing_is_what_was_asked_about() -> None:
    thing = adf.thing_of({}, {"title": "Opening hours", "url": "https://fenwick.example/hours"})
    assert (thing.model, thing.year, thing.comments) == ("Opening hours", "", "https://fenwick.example/hours")


def test_the_checker_knows_every_element_that_the_document_type_names() -> None:
    known = document_type()
    named = {name for declared in known.values() if declared.children for name in declared_names(declared)}
    assert named <= set(known)
    assert len(known) > 50


def declared_names(declared: object) -> set[str]:
    return set(re.findall(r"[a-z]+", declared.children.pattern))  # type: ignore[attr-defined]


def found(parent: Element, name: str) -> Element:
    """The first child of that name."""
    child = parent.find(name)
    assert child is not None
    return child


def broken(how: str) -> Element:
    root: Element = fromstring(adf.write(prospect()))
    lead = found(root, "prospect")
    if how == "order":
        lead.insert(0, found(lead, "vendor"))
    if how == "missing":
        lead.remove(found(lead, "customer"))
    if how == "unknown":
        SubElement(lead, "leadtype").text = "chat"
    if how == "attribute":
        lead.set("status", "old")
    if how == "no source":
        del found(lead, "id").attrib["source"]
    if how == "text":
        lead.text = "hello"
    if how == "nested":
        SubElement(found(lead, "requestdate"), "b")
    return root


@pytest.mark.parametrize("how", ["order", "missing", "unknown", "attribute", "no source", "text", "nested"])
def test_a_document_that_does_not_fit_its_type_is_found_out(how: str) -> None:
    assert adf.faults(broken(how))


LOOSE = """<?ADF VERSION="1.0"?><?xml version="1.0"?>
<ADF><Prospect STATUS="new"><requestdate>2026-11-28T18:05:00</requestdate><leadtype>x</leadtype>
<vehicle><year/><make></make><model>Focus</model></vehicle>
<customer><contact><name part="first">Nia</name><name part="last">New</name>
<phone type="mobile">1</phone></contact></customer>
<vendor><vendorname>Fenwick</vendorname></vendor></Prospect></ADF>"""


def test_what_is_written_badly_in_the_wild_is_read() -> None:
    [read] = adf.read(LOOSE.encode())
    assert (read.name, read.phone, read.thing.model, read.vendor) == ("Nia New", "1", "Focus", "Fenwick")
    assert read.requested_at == AT


HOSTILE = [
    b"",
    b"<adf",
    b"<html><body>no</body></html>",
    b'<?xml version="1.0"?><!DOCTYPE adf [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><adf>&c;</adf>',
    b'<!DOCTYPE adf SYSTEM "file:///etc/passwd"><adf>&x;</adf>',
    b'<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]><adf><prospect>&x;</prospect></adf>',
    b"<adf>" + b"<prospect>" * 5000 + b"</prospect>" * 5000 + b"</adf>",
    b"<adf><prospect><requestdate>yesterday</requestdate></prospect></adf>",
    b"<adf>" + b"x" * 1_100_000 + b"</adf>",
    b"\xff\xfe\x00\x00",
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(adf.UnreadableAdf):
        adf.read(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with suppress(adf.UnreadableAdf):
        adf.read(b"<adf>" + data + b"</adf>")
