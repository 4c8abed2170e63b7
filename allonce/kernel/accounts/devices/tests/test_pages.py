import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from allonce.kernel.accounts.devices.tests.scene import (
    PASSWORD,
    Phone,
    Shop,
    make_shop,
    registered_phone,
)
from allonce.kernel.accounts.models import Device, RegistrationRequest, User

pytestmark = pytest.mark.django_db


def sign_in(shop: Shop) -> Client:
    client = Client()
    email = shop.access.person.email
    answer = client.post(reverse("accounts:sign_in"), {"email": email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


@pytest.fixture
def office(shop: Shop) -> Client:
    return sign_in(shop)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.promise("SETUP-USERS")
def test_the_list_shows_users_with_device_last_contact_and_version(shop: Shop, office: Client) -> None:
    registered_phone(shop).sync(catalogue=7)
    text = page(office, "devices:users")
    for said in ("JB", "Jo Bell", "Pixel 8", "version 7", "Waits for approval", "just now", "10 %"):
        assert said in text


@pytest.mark.promise("SETUP-USERS")
def test_a_user_is_added_edited_and_switched_off_and_on(shop: Shop, office: Client) -> None:
    new = {"user_id": "am", "name": "Amira", "max_discount": "7.5"}
    office.post(reverse("devices:add_user"), new)
    user = User.objects.get(account=shop.account, user_id="AM")
    assert (user.name, user.max_discount_bp) == ("Amira", 750)
    office.post(reverse("devices:edit_user", args=[user.pk]), new | {"max_discount": "12"})
    office.post(reverse("devices:switch_user", args=[user.pk]))
    user.refresh_from_db()
    assert (user.max_discount_bp, user.active) == (1200, False)
    office.post(reverse("devices:switch_user", args=[user.pk]))
    user.refresh_from_db()
    assert user.active


@pytest.mark.parametrize(
    ("field", "value"), [("user_id", "JB"), ("user_id", "J B!"), ("name", ""), ("max_discount", "101")]
)
def test_wrong_details_are_told_beside_their_field_and_kept(office: Client, field: str, value: str) -> None:
    typed = {"user_id": "AM", "name": "Amira", "max_discount": "5"} | {field: value}
    answer = office.post(reverse("devices:add_user"), typed)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.promise("SETUP-USERS", "MOBILE-UNREGISTER")
def test_one_click_unregisters_and_the_device_is_told(shop: Shop, office: Client) -> None:
    phone = registered_phone(shop)
    device = Device.objects.get(user=shop.user)
    office.post(reverse("devices:unregister", args=[device.pk]))
    assert phone.sync().json()["code"] == "device_unregistered"
    assert registered_phone(shop).sync().status_code == 200


def test_a_code_is_shown_once_with_a_drawing_for_the_camera(shop: Shop, office: Client) -> None:
    answer = office.post(reverse("devices:code", args=[shop.user.pk]))
    text = answer.content.decode()
    found = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", text)
    assert found and '<svg class="qr"' in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert found[0] not in page(office, "devices:code", shop.user.pk)
    assert Phone().register(shop.account.email, "JB", found[0]).status_code == 201


def test_refused_tries_are_listed_and_can_be_told_or_dismissed(shop: Shop, office: Client) -> None:
    registered_phone(shop)
    phone = Phone()
    phone.register(shop.account.email, "JB")
    assert "Another device is registered for this User" in page(office, "devices:users")
    asked = RegistrationRequest.objects.get(account=shop.account)
    office.post(reverse("devices:tell", args=[asked.pk]))
    assert phone.register(shop.account.email, "JB").json()["code"] == "other_device"
    office.post(reverse("devices:close", args=[asked.pk]))
    assert "Refused tries" not in page(office, "devices:users")


@pytest.mark.promise("SEC-TENANCY")
def test_another_account_finds_nothing_at_any_address(shop: Shop) -> None:
    registered_phone(shop)
    device = Device.objects.get(user=shop.user)
    Phone().register(shop.account.email, "JB")
    asked = RegistrationRequest.objects.get(account=shop.account)
    stranger = sign_in(make_shop("other@shop.example", "ZZ"))
    posts = [
        ("devices:edit_user", shop.user.pk), ("devices:switch_user", shop.user.pk), ("devices:code", shop.user.pk),
        ("devices:unregister", device.pk), ("devices:tell", asked.pk), ("devices:close", asked.pk),
    ]  # fmt: skip
    for name, pk in posts:
        assert stranger.post(reverse(name, args=[pk])).status_code == 404, name
    approval = {"fingerprint": device.fingerprint, "wrap": "", "generation": 0}
    address = reverse("devices:approve", args=[device.pk])
    assert stranger.post(address, approval, content_type="application/json").status_code == 404
    assert "Pixel 8" not in page(stranger, "devices:users")


def test_pages_of_keys_and_opening_stand_before_and_without_a_key(office: Client) -> None:
    assert "Make the key" in page(office, "devices:keys")
    assert "no job files yet" in page(office, "devices:open")
    assert office.get(reverse("devices:keys_state")).json()["key"] is None


def test_rubbish_sent_as_a_key_is_refused(office: Client) -> None:
    for name in ("devices:keys_set_up", "devices:keys_renew", "devices:keys_add"):
        answer = office.post(reverse(name), {"x": 1}, content_type="application/json")
        assert answer.status_code == 422, name
