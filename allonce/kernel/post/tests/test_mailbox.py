"""The demo mailbox as a relay and as a page."""

import asyncio
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import httpx
import pytest

from allonce.kernel.post.mailbox.letters import Letter
from allonce.kernel.post.mailbox.store import Store
from allonce.kernel.post.tests.mailboxes import Running, running_mailbox


@pytest.fixture
def mailbox() -> Iterator[Running]:
    with running_mailbox(slow_seconds=0.2, bounce_after=0.0) as made:
        yield made


def deliver(mailbox: Running, *recipients: str, html: str = "", subject: str = "Your quote") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@example.com", ", ".join(recipients), subject
    message["Message-ID"] = "<m1@example.com>"
    message.set_content("Dear Mary, the façade is measured.")
    if html:
        message.add_alternative(html, subtype="html")
    message.add_attachment(b"%PDF-1.7 quote", maintype="application", subtype="pdf", filename="Quote.pdf")
    message.add_attachment(b"<script>", maintype="text", subtype="html", filename="page.html")
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port) as relay:
        relay.send_message(message, to_addrs=recipients)


def newest(mailbox: Running) -> str:
    return f"{mailbox.url}/letters/{mailbox.store.newest()[0].id}"


def test_each_recipient_gets_a_letter_that_the_page_lists_and_finds(mailbox: Running) -> None:
    deliver(mailbox, "mary@example.com", "hello@shop.example")
    assert "mary@example.com" in httpx.get(mailbox.url).text
    assert httpx.get(mailbox.url, params={"to": "mary@example.com"}).text.count("letter-row") == 1
    assert httpx.get(mailbox.url, params={"q": "FAÇADE mary@"}).text.count("letter-row") == 1
    assert "Nothing matches" in httpx.get(mailbox.url, params={"q": "curtains"}).text


def test_a_letters_html_can_neither_run_nor_fetch_anything(mailbox: Running) -> None:
    deliver(mailbox, "mary@example.com", html="<p>Hi</p><script>alert(1)</script>")
    page = httpx.get(newest(mailbox)).text
    assert "sandbox" in page
    assert "alert(1)" not in page
    answer = httpx.get(newest(mailbox) + "/html")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_pdfs_open_in_the_browser_and_pages_of_strangers_do_not(mailbox: Running) -> None:
    deliver(mailbox, "mary@example.com")
    pdf = httpx.get(newest(mailbox) + "/enclosures/0")
    assert (pdf.headers["content-type"], pdf.content) == ("application/pdf", b"%PDF-1.7 quote")
    assert pdf.headers["content-disposition"].startswith("inline")
    page = httpx.get(newest(mailbox) + "/enclosures/1")
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment")
    assert httpx.get(newest(mailbox) + "/enclosures/7").status_code == 404


def test_the_playing_addresses_play_their_faults(mailbox: Running) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(mailbox, "x@refuse.example")
    deliver(mailbox, "x@slow.example")
    httpx.post(f"{mailbox.url}/relay", data={"down": "1"})
    with pytest.raises(smtplib.SMTPException):
        deliver(mailbox, "mary@example.com")
    httpx.post(f"{mailbox.url}/relay", data={"down": "0"})
    deliver(mailbox, "mary@example.com")
    assert [letter.recipient for letter in mailbox.store.newest()] == ["mary@example.com", "x@slow.example"]


def test_another_sites_page_can_neither_read_nor_act(mailbox: Running) -> None:
    deliver(mailbox, "mary@example.com")
    assert httpx.get(mailbox.url, headers={"Host": "evil.example"}).status_code == 400
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert httpx.post(f"{mailbox.url}/clear", headers=headers).status_code == 403
    assert len(mailbox.store.newest()) == 1
    httpx.post(f"{mailbox.url}/clear", headers={"Sec-Fetch-Site": "same-origin"})
    assert mailbox.store.newest() == []


def test_paths_outside_the_built_files_are_not_served(mailbox: Running) -> None:
    for path in ("/static/../../allonce/project/settings.py", "/static/%2e%2e/%2e%2e/pyproject.toml"):
        assert httpx.get(mailbox.url + path).status_code == 404


def test_a_report_that_nobody_takes_is_told_on_the_page(mailbox: Running) -> None:
    deliver(mailbox, "mary@example.com")
    answer = httpx.post(newest(mailbox) + "/bounced", follow_redirects=True, timeout=30)
    assert "did not take the report" in answer.text
    assert mailbox.store.newest()[0].state == "accepted"


def test_a_mail_that_no_parser_likes_is_shown_all_the_same(mailbox: Running) -> None:
    raw = b"Subject: =?utf-8?q?=FF=FE?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe words"
    mailbox.store.add(Letter.taken(recipient="mary@example.com", sender="", raw=raw))
    assert httpx.get(newest(mailbox)).status_code == 200
    assert httpx.get(newest(mailbox) + "?view=source").status_code == 200


def letter(size: int) -> Letter:
    return Letter.taken(recipient="a@example.com", sender="", raw=b"x" * size)


def test_the_oldest_letters_make_room() -> None:
    store = Store(most_letters=3, most_bytes=100)
    kept = [letter(10) for _ in range(5)]
    for one in kept:
        store.add(one)
    assert store.newest() == kept[:1:-1]
    store.add(letter(95))
    assert len(store.newest()) == 1


async def test_whoever_waits_hears_of_a_change_and_of_silence() -> None:
    store = Store()
    waiting = asyncio.ensure_future(store.next_change(store.change, 5))
    await asyncio.sleep(0)
    store.add(letter(1))
    assert await waiting == 1
    assert await store.next_change(1, 0.01) == 1


def test_a_text_message_lies_under_its_number_once_however_often_it_is_tried(mailbox: Running) -> None:
    told = {"to": "+447700900123", "from": "+447700900900", "text": "123456 is your code.", "reference": "join:1"}
    answers = [httpx.post(f"{mailbox.url}/texts", json=told) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert "123456 is your code." in httpx.get(newest(mailbox) + "?view=text").text
    assert httpx.get(mailbox.url, params={"to": "+447700900123"}).text.count("letter-row") == 1


@pytest.mark.parametrize("told", [b"no json", b"[]", b'{"to": "mary", "text": "x"}', b'{"to": "+447700900123"}'])
def test_what_is_no_text_message_is_refused(mailbox: Running, told: bytes) -> None:
    assert httpx.post(f"{mailbox.url}/texts", content=told).status_code == 422
    assert not mailbox.store.newest()
