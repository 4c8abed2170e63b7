from datetime import timedelta

import pytest

from allonce.kernel import audit, clock
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.devices.access import DeviceAccess
from allonce.kernel.accounts.devices.ports import register_sync_part
from allonce.kernel.accounts.devices.services.unregistering import device_of, unregister_device
from allonce.kernel.accounts.devices.services.users import UserDetails, deactivate_user, edit_user
from allonce.kernel.accounts.devices.tests.scene import Phone, Shop, registered_phone
from allonce.kernel.accounts.models import Device

pytestmark = pytest.mark.django_db


def test_a_synchronisation_tells_time_account_user_and_device(shop: Shop) -> None:
    body = registered_phone(shop).sync().json()
    device = Device.objects.get(user=shop.user)
    assert body["state"] == "active"
    assert body["server_time"]
    assert body["account"] == {"id": str(shop.account.id), "name": "Shop", "email": "hello@shop.example"}
    assert body["device"] == {
        "id": str(device.id), "state": "pending", "fingerprint": device.fingerprint, "mark": "K7",
    }  # fmt: skip
    assert body["keys"] is None


@pytest.mark.promise("SETUP-USERS")
def test_setup_learns_when_a_device_was_here_and_what_it_holds(shop: Shop) -> None:
    phone = registered_phone(shop)
    with clock.travel(clock.now() + timedelta(days=2)):
        moment = clock.now()
        phone.sync(catalogue=7, app="2.1")
    device = Device.objects.get(user=shop.user)
    assert device.last_seen_at is not None and device.last_seen_at >= moment
    assert (device.catalogue_version, device.app_version) == (7, "2.1")


def test_a_changed_discount_limit_reaches_the_phone(shop: Shop) -> None:
    phone = registered_phone(shop)
    edit_user(shop.access, shop.user, UserDetails("JB", "Jo Bell", 2500))
    assert phone.sync().json()["user"]["max_discount_bp"] == 2500


@pytest.mark.promise("MOBILE-UNREGISTER")
def test_an_unregistered_device_is_told_so_and_the_next_one_registers(shop: Shop) -> None:
    lost = registered_phone(shop)
    lost.sync()
    device = Device.objects.get(user=shop.user)
    unregister_device(shop.access, device_of(shop.access, device.id))
    for path in ("/sync", "/devices/pending"):
        answer = lost.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "device_unregistered")
    assert registered_phone(shop).sync().status_code == 200
    assert lost.sync().json()["code"] == "device_unregistered"


@pytest.mark.promise("MOBILE-UNREGISTER")
def test_switching_a_user_off_unregisters_their_device(shop: Shop) -> None:
    phone = registered_phone(shop)
    deactivate_user(shop.access, shop.user)
    assert phone.sync().json()["code"] == "device_unregistered"


@pytest.mark.parametrize("token", ["", "unknown", "é"])
def test_a_token_never_issued_does_not_make_a_phone_wipe(shop: Shop, token: str) -> None:
    answer = Phone(token=token).sync()
    assert (answer.status_code, answer.json()["code"]) == (401, "not_a_device")


def test_a_lapsed_subscription_stops_the_exchange_without_a_wipe(shop: Shop) -> None:
    phone = registered_phone(shop)
    for entitlement in entitlements.standing(shop.account.id):
        entitlements.withdraw(entitlement, actor=shop.access.actor)
    answer = phone.sync()
    assert (answer.status_code, answer.json()["code"]) == (403, "subscription_off")


class Parcel:
    name = "deliveries"

    def part(self, device: DeviceAccess) -> list[dict[str, str]]:
        return [{"job_ref": str(device.device.id)}]


def test_products_add_their_parts(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allonce.kernel.accounts.devices.ports._parts", {})
    register_sync_part(Parcel())
    phone = registered_phone(shop)
    device = Device.objects.get(user=shop.user)
    assert phone.sync().json()["deliveries"] == [{"job_ref": str(device.id)}]


def test_the_record_tells_of_registering_and_unregistering(shop: Shop) -> None:
    registered_phone(shop)
    device = Device.objects.get(user=shop.user)
    unregister_device(shop.access, device_of(shop.access, device.id))
    from allonce.kernel.audit.models import Entry

    actions = Entry.objects.filter(account_id=shop.account.id).values_list("action", flat=True)
    assert {"user.added", "device.registered", "device.unregistered"} <= set(actions)
    audit.verify()
