import json
from datetime import timedelta
from typing import Any

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts.devices.services.asked import request_of, tell_reason
from allonce.kernel.accounts.devices.services.codes import issue_code
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.devices.tests.scene import Phone, Shop, make_shop, registered_phone
from allonce.kernel.accounts.models import Device, RegistrationRequest, SignInSession
from allonce.kernel.accounts.services import compromise

pytestmark = pytest.mark.django_db


def seen(answer: Any) -> tuple[int, Any, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return answer.status_code, json.loads(answer.content), headers


@pytest.mark.promise("MOBILE-REGISTER")
def test_email_and_user_id_register_a_device_that_then_synchronises(shop: Shop) -> None:
    phone = Phone()
    answer = phone.register("Hello@Shop.example", " jb ")
    assert answer.status_code == 201
    body = answer.json()
    assert body["state"] == "pending"
    assert body["account"] == {"id": str(shop.account.id), "name": "Shop"}
    assert body["user"] == {"user_id": "JB", "name": "Jo Bell", "max_discount_bp": 1000}
    assert phone.sync().json()["device"]["state"] == "pending"


@pytest.mark.promise("MOBILE-REGISTER")
def test_every_refusal_without_a_code_is_one_and_the_same_answer(shop: Shop) -> None:
    lapsed = make_shop("lapsed@shop.example", "LA", days=0)
    taken = shop.account.email
    registered_phone(shop)
    answers = [
        Phone().register("nobody@shop.example", "JB"),
        Phone().register(taken, "ZZ"),
        Phone().register(taken, "JB"),
        Phone().register(lapsed.account.email, "LA"),
        Phone().register(taken, "JB", code="WRONG-CODES"),
    ]
    first = seen(answers[0])
    assert first[0] == 403
    assert first[1]["code"] == "not_registered"
    assert all(seen(answer) == first for answer in answers)


@pytest.mark.promise("MOBILE-REGISTER")
def test_one_device_per_user(shop: Shop) -> None:
    registered_phone(shop)
    assert Phone().register(shop.account.email, "JB").status_code == 403
    assert Device.objects.filter(user=shop.user).count() == 1
    other = add_user(shop.access, UserDetails("KC", "Kit", 0))
    registered_phone(shop, other)


@pytest.mark.promise("MOBILE-REGISTER")
@pytest.mark.parametrize("named", ["other_device", "no_subscription"])
def test_a_code_from_setup_names_the_reason(shop: Shop, named: str) -> None:
    place = shop if named == "other_device" else make_shop("lapsed@shop.example", "LA", days=0)
    if named == "other_device":
        registered_phone(shop)
    code = issue_code(place.access, place.user).code
    answer = Phone().register(place.account.email, place.user.user_id, code.lower().replace("-", " "))
    assert (answer.status_code, answer.json()["code"]) == (403, named)


def test_a_code_is_good_for_its_own_user_only(shop: Shop) -> None:
    registered_phone(shop)
    other = add_user(shop.access, UserDetails("KC", "Kit", 0))
    code = issue_code(shop.access, other).code
    assert Phone().register(shop.account.email, "JB", code).json()["code"] == "not_registered"


def test_a_code_serves_once_and_for_a_day(shop: Shop) -> None:
    code = issue_code(shop.access, shop.user).code
    assert Phone().register(shop.account.email, "JB", code).status_code == 201
    assert Phone().register(shop.account.email, "JB", code).json()["code"] == "not_registered"
    late = issue_code(shop.access, shop.user).code
    with clock.travel(clock.now() + timedelta(hours=25)):
        assert Phone().register(shop.account.email, "JB", late).json()["code"] == "not_registered"


def test_a_new_code_ends_the_one_before(shop: Shop) -> None:
    registered_phone(shop)
    first = issue_code(shop.access, shop.user).code
    issue_code(shop.access, shop.user)
    assert Phone().register(shop.account.email, "JB", first).json()["code"] == "not_registered"


@pytest.mark.promise("MOBILE-REGISTER")
def test_the_owner_sees_refused_tries_and_may_let_the_reason_be_told(shop: Shop) -> None:
    registered_phone(shop)
    phone = Phone()
    phone.register(shop.account.email, "JB")
    phone.register(shop.account.email, "JB")
    asked = RegistrationRequest.objects.get(account=shop.account)
    assert (asked.reason, asked.user, asked.tries, asked.device_name) == (
        "other_device", shop.user, 2, "Pixel 8",
    )  # fmt: skip
    tell_reason(shop.access, request_of(shop.access, asked.id))
    assert phone.register(shop.account.email, "JB").json()["code"] == "other_device"
    assert Phone().register(shop.account.email, "JB").json()["code"] == "not_registered"


@pytest.mark.promise("MOBILE-REGISTER")
@pytest.mark.usefixtures("one_moment")
def test_guessing_is_throttled_by_email_whether_it_exists_or_not(shop: Shop) -> None:
    for email in (shop.account.email, "nobody@shop.example"):
        phones = [Phone(address=f"192.0.2.{n}") for n in range(11)]
        answers = [phone.register(email, f"U{n}") for n, phone in enumerate(phones)]
        assert [answer.status_code for answer in answers] == [403] * 10 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.promise("MOBILE-REGISTER")
@pytest.mark.usefixtures("one_moment")
def test_guessing_is_throttled_by_address(shop: Shop) -> None:
    answers = [Phone().register(f"nobody{n}@shop.example", "JB") for n in range(31)]
    assert [answer.status_code for answer in answers] == [403] * 30 + [429]


def test_strangers_guesses_do_not_keep_out_the_holder_of_a_code(shop: Shop) -> None:
    for n in range(11):
        Phone(address=f"192.0.2.{n}").register(shop.account.email, "ZZ")
    code = issue_code(shop.access, shop.user).code
    assert Phone(address="198.51.100.1").register(shop.account.email, "JB", code).status_code == 201


def test_made_up_codes_neither_keep_out_the_holder_of_a_code_nor_escape_the_count(shop: Shop) -> None:
    made_up = [Phone(address=f"192.0.2.{n}").register(shop.account.email, f"U{n}", "23456-789AB") for n in range(11)]
    assert [answer.status_code for answer in made_up] == [403] * 10 + [429]
    code = issue_code(shop.access, shop.user).code
    assert Phone(address="198.51.100.1").register(shop.account.email, "JB", code).status_code == 201


def test_guessing_is_throttled_however_the_email_is_spelt(shop: Shop) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in shop.account.email)
    spellings = [shop.account.email, wide, shop.account.email.upper(), f" {shop.account.email} "]
    answers = [Phone(address=f"192.0.2.{n}").register(spellings[n % 4], f"U{n}") for n in range(11)]
    assert [answer.status_code for answer in answers] == [403] * 10 + [429]


def test_a_phone_that_never_got_its_answer_may_ask_again(shop: Shop) -> None:
    phone = Phone()
    lost = phone.register(shop.account.email, "JB").json()
    again = phone.register(shop.account.email, "JB").json()
    assert again["device_id"] == lost["device_id"]
    assert Phone(token=lost["token"]).sync().status_code == 401
    assert phone.sync().status_code == 200
    assert phone.register(shop.account.email, "JB").status_code == 403


def test_a_user_switched_off_cannot_register(shop: Shop) -> None:
    shop.user.active = False
    shop.user.save()
    assert Phone().register(shop.account.email, "JB").json()["code"] == "not_registered"


def test_only_hashes_of_token_and_code_are_stored(shop: Shop) -> None:
    code = issue_code(shop.access, shop.user).code
    phone = Phone()
    phone.register(shop.account.email, "JB", code)
    stored = str(Device.objects.values_list().get())
    assert phone.token not in stored
    assert code.replace("-", "") not in str(shop.user.registration_codes.values_list().get())


@pytest.mark.parametrize("key", [{"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, {}])
def test_a_phone_without_a_proper_key_is_told_so(shop: Shop, key: dict[str, str]) -> None:
    assert Phone(seal_key=key).register(shop.account.email, "JB").status_code == 422


def test_a_stolen_password_ends_the_codes_issued_with_it(shop: Shop) -> None:
    registered_phone(shop)
    code = issue_code(shop.access, shop.user).code
    here = SignInSession.objects.create(person=shop.access.person, device="Laptop")
    compromise.report(here)
    assert Phone().register(shop.account.email, "JB", code).json()["code"] == "not_registered"
