"""A shop with an owner and a User, and phones that speak the device API."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.keys.points import base64url
from allonce.kernel.accounts.models import Account, Person, User
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services.people import NewAccount, NewPerson, create_person, open_account
from allonce.kernel.audit import SYSTEM, Actor
from allonce.kernel.clock import today

PASSWORD = "three unrelated words"
PREFIX = "/api/mobile/v1"


@dataclass
class Shop:
    """An account with a running subscription, seen by its owner."""

    access: AccountAccess
    user: User

    @property
    def account(self) -> Account:
        return self.access.account


def make_shop(email: str = "hello@shop.example", user_id: str = "JB", days: int = 30) -> Shop:
    person = create_person(NewPerson(email=f"owner-{email}", name="Olivia", password=PASSWORD))
    account = open_account(person, NewAccount(name="Shop", email=email))
    if days:
        entitlements.grant(account.id, "field", today() + timedelta(days=days), actor=SYSTEM)
    access = access_for(person, account, Role.OWNER)
    return Shop(access, add_user(access, UserDetails(user_id, "Jo Bell", 1000)))


def access_for(person: Person, account: Account, role: Role) -> AccountAccess:
    return AccountAccess(account, person, role, Actor("person", person.id))


def make_seal_key() -> dict[str, str]:
    numbers = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    x, y = (base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


@dataclass
class Phone:
    """One phone: keeps its seal key and, once registered, its token."""

    seal_key: dict[str, str] = field(default_factory=make_seal_key)
    token: str = ""
    address: str = "192.0.2.1"

    def register(self, email: str, user_id: str, code: str = "") -> Any:
        device = {"name": "Pixel 8", "platform": "Android", "seal_key": self.seal_key}
        body: dict[str, Any] = {"email": email, "user_id": user_id, "device": device}
        answer = self.post("/register", body | ({"code": code} if code else {}))
        if answer.status_code == 201:
            self.token = answer.json()["token"]
        return answer

    def sync(self, catalogue: int = 0, app: str = "1.0") -> Any:
        return self.get(f"/sync?catalogue={catalogue}&app={app}")

    def get(self, path: str) -> Any:
        return self._client().get(PREFIX + path)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._client().post(PREFIX + path, json.dumps(body), content_type="application/json")

    def _client(self) -> Client:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return Client(headers=headers, REMOTE_ADDR=self.address)


def registered_phone(shop: Shop, user: User | None = None) -> Phone:
    phone = Phone()
    answer = phone.register(shop.account.email, (user or shop.user).user_id)
    assert answer.status_code == 201, answer.content
    return phone
