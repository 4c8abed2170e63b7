from dataclasses import replace
from datetime import timedelta

import pytest

from allonce.kernel import clock
from allonce.kernel.accounts.devices.services.approval import (
    Approval,
    FingerprintDiffers,
    approve_device,
)
from allonce.kernel.accounts.devices.services.unregistering import device_of, unregister_device
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.devices.tests.scene import (
    Phone,
    Shop,
    access_for,
    make_seal_key,
    make_shop,
    registered_phone,
)
from allonce.kernel.accounts.keys.queries import keys_for_office, renewal_due
from allonce.kernel.accounts.keys.services.holders import add_holder, remove_passkey
from allonce.kernel.accounts.keys.services.making import KeyExists, NoRecoveryCode, renew_key, set_up_key
from allonce.kernel.accounts.keys.services.offers import NotAWrap
from allonce.kernel.accounts.keys.services.wraps import KeysMoved
from allonce.kernel.accounts.keys.tests import offers
from allonce.kernel.accounts.models import Device, KeyHolder, KeyWrap, Passkey
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import passkeys
from allonce.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
PAPER = ("recovery", "printed")


def the_device(shop: Shop) -> Device:
    return Device.objects.get(user=shop.user)


def approve(shop: Shop, wrap: str, generation: int | None = None) -> Device:
    device = the_device(shop)
    approval = Approval(device.fingerprint or "", wrap, generation)
    return approve_device(shop.account.id, device.id, approval, actor=shop.access.actor)


def make_passkey(shop: Shop, credential_id: str = "credential") -> None:
    Passkey.objects.create(person=shop.access.person, name="Laptop", credential_id=credential_id, public_key=b"key")


@pytest.mark.promise("MOBILE-REGISTER")
def test_a_registered_device_has_no_keys_until_its_fingerprint_is_confirmed(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    phone = registered_phone(shop)
    assert phone.sync().json()["keys"]["wrap"] is None
    wrap = offers.make_wrap()
    approve(shop, wrap)
    body = phone.sync().json()
    assert body["device"]["state"] == "approved"
    assert body["keys"]["wrap"] == wrap
    assert body["keys"]["generation"] == 1


@pytest.mark.promise("MOBILE-REGISTER")
def test_a_device_with_another_fingerprint_is_not_approved(shop: Shop) -> None:
    registered_phone(shop)
    other = "00000 " * 6
    with pytest.raises(FingerprintDiffers):
        approve_device(shop.account.id, the_device(shop).id, Approval(other, ""), actor=shop.access.actor)
    assert the_device(shop).state == "pending"


def test_an_approved_phone_approves_another(shop: Shop) -> None:
    first = registered_phone(shop)
    approve(shop, "")
    other = add_user(shop.access, UserDetails("KC", "Kit", 0))
    second = registered_phone(shop, other)
    [waiting] = first.get("/devices/pending").json()
    assert (waiting["user_id"], waiting["seal_key"]) == ("KC", second.seal_key)
    path = f"/devices/{waiting['id']}/approve"
    assert second.post(path, {"fingerprint": waiting["fingerprint"]}).status_code == 404
    assert first.post(path, {"fingerprint": "1"}).json()["code"] == "fingerprint_differs"
    assert first.post(path, {"fingerprint": waiting["fingerprint"]}).json()["state"] == "approved"
    assert first.get("/devices/pending").json() == []


def test_a_phone_cannot_approve_a_device_of_another_account(shop: Shop) -> None:
    mine = registered_phone(shop)
    approve(shop, "")
    theirs = make_shop("other@shop.example", "ZZ")
    registered_phone(theirs)
    path = f"/devices/{the_device(theirs).id}/approve"
    answer = mine.post(path, {"fingerprint": the_device(theirs).fingerprint})
    assert answer.status_code == 404


def test_the_first_key_needs_a_printed_code_and_every_approved_device(shop: Shop) -> None:
    registered_phone(shop)
    device = approve(shop, "")
    with pytest.raises(NoRecoveryCode):
        set_up_key(shop.access, offers.first_key())
    with pytest.raises(KeysMoved):
        set_up_key(shop.access, offers.first_key(offers.printed()))
    set_up_key(shop.access, offers.first_key(offers.printed(), devices=(str(device.id),)))
    with pytest.raises(KeyExists):
        set_up_key(shop.access, offers.first_key(offers.printed(), devices=(str(device.id),)))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.VIEWER])
def test_only_owners_make_keys(shop: Shop, role: Role) -> None:
    access = access_for(shop.access.person, shop.account, role)
    with pytest.raises(NotFound):
        set_up_key(access, offers.first_key(offers.printed()))
    set_up_key(shop.access, offers.first_key(offers.printed()))
    with pytest.raises(NotFound):
        renew_key(access, offers.renewal(2, PAPER))


def test_a_renewal_reaches_every_phone_and_leads_back_to_the_old_key(shop: Shop) -> None:
    first = set_up_key(shop.access, offers.first_key(offers.printed()))
    phone = registered_phone(shop)
    device = approve(shop, offers.make_wrap())
    made = offers.renewal(2, PAPER, ("device", str(device.id)))
    renew_key(shop.access, made)
    keys = phone.sync().json()["keys"]
    assert (keys["generation"], keys["succession"]) == (2, made.succession)
    assert keys["wrap"] == made.wraps[1].wrapped
    [old] = keys["previous"]
    assert (old["generation"], old["public_key"], old["wrap"]) == (1, first.public_key, made.next_wrap)


def test_a_renewal_must_be_the_next_one_and_leave_nobody_out_or_in(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    registered_phone(shop)
    device = ("device", str(approve(shop, offers.make_wrap()).id))
    stranger = ("device", "0d2f6a3b-8c41-4a0e-9a37-6f1c2b9e6a5d")
    for wrong in [
        offers.renewal(3, PAPER, device),
        offers.renewal(1, PAPER, device),
        offers.renewal(2, PAPER),
        offers.renewal(2, PAPER, device, stranger),
        offers.renewal(2, PAPER, device, device),
    ]:
        with pytest.raises(KeysMoved):
            renew_key(shop.access, wrong)
    with pytest.raises(NotAWrap):
        renew_key(shop.access, replace(offers.renewal(2, PAPER, device), next_wrap="rubbish"))
    assert KeyWrap.objects.filter(account=shop.account).count() == 2


@pytest.mark.promise("MOBILE-UNREGISTER")
def test_an_unregistered_device_loses_its_wrap_and_renewal_is_due(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    registered_phone(shop)
    device = approve(shop, offers.make_wrap())
    assert not renewal_due(shop.account.id)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        unregister_device(shop.access, device_of(shop.access, device.id))
        assert not KeyWrap.objects.filter(holder_id=str(device.id)).exists()
        assert renewal_due(shop.account.id)
    with clock.travel(clock.now() + timedelta(minutes=2)):
        renew_key(shop.access, offers.renewal(2, PAPER))
    assert not renewal_due(shop.account.id)


def test_a_wrap_of_an_older_generation_approves_nobody(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    registered_phone(shop)
    renew_key(shop.access, offers.renewal(2, PAPER))
    with pytest.raises(KeysMoved):
        approve(shop, offers.make_wrap(), generation=1)
    with pytest.raises(NotAWrap):
        approve(shop, "", generation=2)


def test_a_person_adds_and_removes_only_their_own_passkey(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    offer, wrap = offers.passkey("credential"), offers.wrap_for("passkey", "credential")
    with pytest.raises(NotFound):
        add_holder(shop.access, offer, wrap, 1)
    make_passkey(shop)
    holder = add_holder(shop.access, offer, wrap, 1)
    assert [each["kind"] for each in keys_for_office(shop.access)["holders"]] == ["recovery", "passkey"]
    stranger = make_shop("other@shop.example")
    with pytest.raises(NotFound):
        remove_passkey(stranger.access, holder.pk)
    remove_passkey(shop.access, holder.pk)
    assert not KeyWrap.objects.filter(holder_kind="passkey").exists()


def test_a_passkey_removed_from_sign_in_holds_no_key(shop: Shop) -> None:
    make_passkey(shop)
    set_up_key(shop.access, offers.first_key(offers.printed(), offers.passkey("credential")))
    with clock.travel(clock.now() + timedelta(minutes=1)):
        person = shop.access.person
        passkeys.remove(person, person.passkeys.get().id, actor=shop.access.actor)
        assert not KeyWrap.objects.filter(holder_kind="passkey").exists()
        assert renewal_due(shop.account.id)


def test_a_new_printed_code_takes_the_place_of_the_old_one(shop: Shop) -> None:
    set_up_key(shop.access, offers.first_key(offers.printed()))
    offer = offers.printed()
    add_holder(shop.access, offer, offers.wrap_for("recovery", "printed"), 1)
    standing = KeyHolder.objects.get(account=shop.account, removed_at=None)
    assert standing.locked == offer.locked
    assert KeyWrap.objects.filter(holder_kind="recovery").count() == 1
    renew_key(shop.access, offers.renewal(2, PAPER))


def test_other_peoples_locks_are_not_handed_out(shop: Shop) -> None:
    make_passkey(shop)
    set_up_key(shop.access, offers.first_key(offers.printed(), offers.passkey("credential")))
    colleague = make_shop("other@shop.example").access.person
    seen = keys_for_office(access_for(colleague, shop.account, Role.OFFICE))["holders"]
    assert [each["locked"] is None for each in seen] == [False, True]


def test_a_phone_needs_no_account_key_to_register(shop: Shop) -> None:
    phone = Phone(seal_key=make_seal_key())
    phone.register(shop.account.email, "JB")
    assert phone.sync().json()["keys"] is None
