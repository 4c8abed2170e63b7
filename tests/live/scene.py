"""What is done inside a live installation's own Django, so that a phone has a shop to belong to."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from allonce.kernel import audit
from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.devices.services.approval import Approval, approve_device
from allonce.kernel.accounts.devices.services.unregistering import unregister_device
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.keys.points import base64url
from allonce.kernel.accounts.models import Account, AccountKey, Device, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.models.throttling import ThrottleCount
from allonce.kernel.accounts.services.people import NewAccount, NewPerson, create_person, open_account
from allonce.kernel.clock import add_months, today
from allonce.pricing.chunks import split
from allonce.pricing.types import Catalogue
from allonce.products.catalogue import paths
from allonce.products.catalogue.services.editing import Edit, locked_catalogue
from allonce.products.catalogue.services.publish import NothingToPublish, publish
from tests.live.big_catalogue import big_catalogue, pictures
from tests.live.catalogue import catalogue
from tests.live.names import OWNER_EMAIL, SHOP_EMAIL

USER_IDS = ("JB", "AM")


def make_shop() -> str:
    """A shop with two Users, a key and a published catalogue; returns the account's private key as PKCS 8 hex."""
    person = create_person(NewPerson(email=OWNER_EMAIL, name="Olivia Marsh", password="three unrelated words"))
    account = open_account(person, NewAccount(name="Live Blinds", email=SHOP_EMAIL))
    entitlements.grant(account.id, "field", add_months(today(), 12), actor=audit.SYSTEM)
    for user_id in USER_IDS:
        add_user(_access(), UserDetails(user_id, "Jo Bell" if user_id == "JB" else "Amira Malik", 1000))
    publish_catalogue(catalogue())
    return _make_account_key(account)


def publish_catalogue(value: dict[str, Any], pictures: Mapping[str, bytes] | None = None) -> int:
    """Publishes exactly this catalogue, with these pictures by id; returns its version."""
    access = _access()
    with transaction.atomic():
        edit = Edit(locked_catalogue(access.account.id))
        for path, piece in split(cast(Catalogue, value)).items():
            edit.write(path, piece)
        for picture_id, body in (pictures or {}).items():
            edit.write_bytes(paths.picture(picture_id), body)
        edit.save()
    return publish(access, edit.catalogue.revision).number


def publish_dearer(pence: int) -> int:
    """The same catalogue with band A dearer by so many pence."""
    value = catalogue()
    rows = value["tables"]["t_a"]["rows"]
    value["tables"]["t_a"]["rows"] = [[cell + pence for cell in row] for row in rows]
    return publish_catalogue(value)


def publish_named(name: str) -> int:
    """The same catalogue with one product more, whose range and colour are all called this."""
    value = catalogue()
    product = {**value["products"]["p_roller"], "id": "p_named", "name": name, "family": "other"}
    value["products"]["p_named"] = {
        **product,
        "ranges": {name: {name: {"band": "b_a"}, "Chalk": {"band": "b_b"}}, "Linen": {"Flax": {"band": "b_b"}}},
    }
    return publish_catalogue(value)


def publish_big() -> None:
    """The largest catalogue that a shop may have; a test that is walked again finds it published already."""
    with suppress(NothingToPublish):
        publish_catalogue(big_catalogue(), pictures())


def unregister(user_id: str) -> None:
    """As the owner's one click in Setup."""
    device = Device.objects.filter(user__user_id=user_id).exclude(state="unregistered").get()
    unregister_device(_access(), device)


def device_states() -> str:
    """All devices' User IDs and states, as JSON."""
    return json.dumps(list(Device.objects.values_list("user__user_id", "state")))


def _access() -> AccountAccess:
    person = Person.objects.with_email(OWNER_EMAIL)
    account = Account.objects.with_email(SHOP_EMAIL)
    assert person is not None and account is not None
    return AccountAccess(account, person, Role.OWNER, audit.Actor("person", UUID(str(person.id))))


def _make_account_key(account: Account) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    x, y = (base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
    jwk = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    AccountKey.objects.create(account=account, generation=1, public_key=jwk)
    form = (serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).hex()


def free_user(user_id: str) -> None:
    """Takes whatever phone a User still has from them; a test registers more phones than a shop does in a year."""
    ThrottleCount.objects.all().delete()
    for device in Device.objects.filter(user__user_id=user_id, state__in=("pending", "approved")):
        unregister_device(_access(), device)


def device_of(user_id: str) -> str:
    """A User's phone, as the owner's browser is told of it, as JSON."""
    device = Device.objects.filter(user__user_id=user_id, state__in=("pending", "approved")).get()
    return json.dumps({"id": str(device.id), "account": str(device.account_id), "seal_key": device.seal_key})


def approve(device_id: str, wrap: str) -> None:
    """As the owner's click in Setup, with the key that the owner's browser sealed to the phone."""
    access = _access()
    device = Device.objects.get(id=device_id)
    approve_device(access.account.id, device.id, Approval(device.fingerprint or "", wrap, 1), actor=access.actor)
