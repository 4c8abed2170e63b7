"""A posted job becomes one mail for each recipient, and its phone is told how each stands."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from allonce.kernel import clock
from allonce.kernel.accounts.models import Entitlement
from allonce.kernel.audit import verify
from allonce.kernel.post.tests.relay import Relay
from allonce.kernel.post.tests.web_relay import running_web_relay
from allonce.kernel.post.tests.webhooks import mailgun, report
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.tests.jobs import Parcel, Poster, make_item, make_job, picture, states

pytestmark = pytest.mark.django_db(transaction=True)

ACCEPTED = {"customer": ("accepted", ""), "shop": ("accepted", "")}


@pytest.mark.promise("MOBILE-POST")
def test_customer_and_shop_each_get_their_mail(poster: Poster, relay: Relay) -> None:
    parcel = Parcel(
        job=make_job(photos=[{"id": "ph1", "type": "image/jpeg", "caption": "", "item": "i1"}]),
        photos={"ph1": picture()},
    )
    assert states(poster.post(parcel)) == ACCEPTED
    [customer] = relay.to("mary@example.com")
    [shop] = relay.to("hello@shop.example")
    assert customer.reply_to == "hello@shop.example"
    assert "Shop" in customer.from_line
    assert [one.name for one in customer.enclosures] == ["JB-K7-00012.pdf"]
    assert [one.name for one in shop.enclosures] == [
        "JB-K7-00012.pdf",
        "JB-K7-00012-worksheet.pdf",
        "JB-K7-00012.allonce",
    ]
    assert shop.enclosures[2].content == parcel.job_file
    assert customer.enclosures[0].content[:5] == b"%PDF-"
    assert customer.enclosures[0].content == shop.enclosures[0].content
    assert customer.text
    assert customer.html


@pytest.mark.promise("MOBILE-POST")
def test_a_repeated_post_sends_nothing_again(poster: Poster, relay: Relay) -> None:
    parcel = Parcel()
    for _ in range(3):
        assert states(poster.post(parcel)) == ACCEPTED
    assert len(relay.letters) == 2


def test_a_new_revision_is_a_new_mail(poster: Poster, relay: Relay) -> None:
    first = make_job()
    poster.post(Parcel(job=first))
    assert states(poster.post(Parcel(job={**first, "revision": 2}))) == ACCEPTED
    assert len({letter.message_id for letter in relay.letters}) == 4


def test_a_customer_without_email_gets_none_and_the_shop_still_does(poster: Poster, relay: Relay) -> None:
    job = make_job(customer={"name": "Mary", "email": "", "address": []})
    assert states(poster.post(Parcel(job=job))) == {"shop": ("accepted", "")}
    assert len(relay.letters) == 1


def test_a_refused_customer_is_told_and_the_shop_still_gets_its_mail(poster: Poster, relay: Relay) -> None:
    relay.refuse = {"mary@example.com"}
    parcel = Parcel()
    expected = {"customer": ("refused", "no_such_mailbox"), "shop": ("accepted", "")}
    assert states(poster.post(parcel)) == expected
    assert states(poster.post(parcel)) == expected
    relay.refuse = set()
    assert states(poster.post(parcel, resend="customer")) == ACCEPTED
    assert states(poster.post(parcel, resend="customer")) == ACCEPTED
    assert len(relay.letters) == 2


@pytest.mark.promise("MOBILE-POST")
def test_a_relay_that_is_down_leaves_the_job_on_the_phone(poster: Poster, relay: Relay) -> None:
    relay.down = True
    parcel = Parcel()
    answer = poster.post(parcel)
    assert (answer.status_code, answer.json()["code"]) == (503, "relay_down")
    assert int(answer.headers["Retry-After"]) > 0
    relay.down = False
    assert states(poster.post(parcel)) == ACCEPTED
    assert len(relay.letters) == 2


def test_without_a_subscription_nothing_is_sent_and_the_reason_is_named(poster: Poster, relay: Relay) -> None:
    parcel = Parcel()
    Entitlement.objects.update(withdrawn_at=clock.now())
    answer = poster.post(parcel)
    assert (answer.status_code, answer.json()["code"]) == (403, "subscription_off")
    assert not relay.letters
    Entitlement.objects.update(withdrawn_at=None)
    assert states(poster.post(parcel)) == ACCEPTED


@pytest.mark.parametrize("change", [{"total": 1}, {"tax": 0}, {"lines": []}])
def test_prices_other_than_the_published_ones_are_sent_back(
    poster: Poster, relay: Relay, change: dict[str, Any]
) -> None:
    job = make_job()
    job["totals"] = {**job["totals"], **change}
    answer = poster.post(Parcel(job=job))
    assert (answer.status_code, answer.json()["code"]) == (409, "prices_differ")
    assert not relay.letters


def test_a_catalogue_version_never_published_is_sent_back(poster: Poster, relay: Relay) -> None:
    answer = poster.post(Parcel(job=make_job(catalogue_version=8)))
    assert (answer.status_code, answer.json()["code"]) == (409, "prices_differ")


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"number": "../../etc/passwd"},
        {"number": "A\r\nBcc: all@example.com"},
        {"customer": {"name": "Mary", "email": "not an address"}},
        {"customer": {"name": "Mary", "email": "mary@example.com\nBcc: all@example.com"}},
        {"chosen": "nobody"},
        {"proposals": []},
        {"job_ref": "00000000-0000-4000-8000-000000000000"},
        {"revision": 2},
        {"proposals": [{"id": "a", "name": "x", "items": [{**make_item(), "width": "wide"}]}]},
    ],
)
def test_a_broken_job_is_refused_without_quoting_it(poster: Poster, relay: Relay, change: dict[str, Any]) -> None:
    parcel = Parcel()
    path = parcel.path
    parcel.job = {**parcel.job, **change}
    answer = poster.client.post(path, parcel.parts())
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_job")
    assert "Mary" not in answer.content.decode()
    assert not relay.letters


def test_photos_that_would_fill_the_memory_together_are_refused(poster: Poster, relay: Relay) -> None:
    out = io.BytesIO()
    Image.new("1", (6000, 6000)).save(out, "PNG")
    answer = poster.post(Parcel(photos={f"ph{n}": out.getvalue() for n in range(5)}))
    assert (answer.status_code, answer.json()["fields"]) == (422, {"photos": "pixels"})
    assert not relay.letters


def test_a_job_nested_without_end_is_refused(poster: Poster) -> None:
    parcel = Parcel()
    nested = SimpleUploadedFile("job.json", b"[" * 200_000, "application/json")
    answer = poster.client.post(parcel.path, parcel.parts() | {"job": nested})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"job": "json"})


@pytest.mark.parametrize("data", [b"", b"no picture at all", b"\xff\xd8\xff\xe0 cut short"])
def test_a_photo_that_is_none_is_named(poster: Poster, relay: Relay, data: bytes) -> None:
    answer = poster.post(Parcel(photos={"ph1": data}))
    assert answer.status_code == 422
    assert "photos" in answer.json()["fields"]


@pytest.mark.promise("SEC-TENANCY")
def test_a_stranger_and_another_shops_phone_learn_nothing(poster: Poster, relay: Relay) -> None:
    from allonce.kernel.accounts.devices.tests.scene import make_shop, registered_phone

    parcel = Parcel()
    poster.post(parcel)
    assert Client().get(f"/api/mobile/v1/jobs/{parcel.job['job_ref']}").status_code == 401
    other = make_shop("other@shop.example", "XX")
    assert states(Poster(other, registered_phone(other)).ask(parcel)) == {}


@pytest.mark.promise("MOBILE-BLIND-SERVER")
def test_the_record_of_a_post_names_nobody(poster: Poster, relay: Relay) -> None:
    poster.post(Parcel())
    kept = repr(list(Delivery.objects.values())) + repr([one.__dict__ for one in Delivery.objects.all()])
    assert not re.search(r"mary|ashworth|JB-K7|shop\.example", kept, re.IGNORECASE)
    verify()


@pytest.mark.promise("MOBILE-BOUNCE")
@pytest.mark.promise("MAIL-RELAY")
def test_a_bounce_reaches_the_phone_and_the_mail_can_be_sent_again(
    poster: Poster, relay: Relay, client: Client
) -> None:
    parcel = Parcel()
    poster.post(parcel)
    [bounced] = relay.to("mary@example.com")
    assert report(client, mailgun(bounced.message_id, "bounced", at=clock.now() + timedelta(minutes=1))) == 200
    assert states(poster.ask(parcel))["customer"] == ("bounced", "bounced")
    told = poster.phone.sync().json()["deliveries"]
    assert {(one["role"], one["state"], one["job_ref"]) for one in told} == {
        ("customer", "bounced", parcel.job["job_ref"]),
        ("shop", "accepted", parcel.job["job_ref"]),
    }
    assert states(poster.post(parcel))["customer"] == ("bounced", "bounced")
    assert states(poster.post(parcel, resend="customer"))["customer"] == ("accepted", "")
    first, second = relay.to("mary@example.com")
    assert first.message_id != second.message_id
    assert len(relay.to("hello@shop.example")) == 1


def test_a_late_report_on_the_first_mail_says_nothing_about_the_second(
    poster: Poster, relay: Relay, client: Client
) -> None:
    parcel = Parcel()
    poster.post(parcel)
    [first] = relay.to("mary@example.com")
    report(client, mailgun(first.message_id, "bounced", token="a"))
    poster.post(parcel, resend="customer")
    report(client, mailgun(first.message_id, "bounced", at=clock.now() + timedelta(hours=1), token="b"))
    assert states(poster.ask(parcel))["customer"] == ("accepted", "")


@pytest.mark.promise("MAIL-RELAY")
def test_a_forged_report_changes_no_delivery(poster: Poster, relay: Relay, client: Client) -> None:
    parcel = Parcel()
    poster.post(parcel)
    [sent] = relay.to("mary@example.com")
    assert report(client, mailgun(sent.message_id, "bounced", key="guessed")) == 400
    assert states(poster.ask(parcel)) == ACCEPTED


@pytest.mark.promise("MOBILE-POST")
def test_a_relay_that_knows_keys_gets_a_doubtful_mail_again_but_not_after_it_forgot_the_key(
    poster: Poster, settings: Settings
) -> None:
    with running_web_relay() as relay:
        settings.EMAIL_BACKEND = "anymail.backends.resend.EmailBackend"
        settings.ANYMAIL = {"RESEND_API_KEY": "k", "RESEND_API_URL": relay.url, "REQUESTS_TIMEOUT": 2}
        first, second = Parcel(), Parcel()
        relay.hang_up_after_taking = True
        for parcel in (first, second):
            assert set(states(poster.post(parcel)).values()) == {("retry", "no_answer")}
        relay.hang_up_after_taking = False
        assert states(poster.post(first)) == ACCEPTED
        with clock.travel(clock.now() + timedelta(days=2)):
            assert set(states(poster.post(second)).values()) == {("uncertain", "no_answer")}
        assert len(relay.mails) == 4
