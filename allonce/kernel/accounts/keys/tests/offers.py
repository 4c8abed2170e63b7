"""Wraps and locks of the right form, as a browser would make them; what they hold matters to no test here."""

import secrets
from typing import Any

from allonce.kernel.accounts.devices.tests.scene import make_seal_key
from allonce.kernel.accounts.keys.points import base64url
from allonce.kernel.accounts.keys.services.offers import FirstKey, NewHolder, NewWrap, Renewal


def make_wrap() -> str:
    return base64url(b"\x01" + secrets.token_bytes(97 + 154))


def make_lock() -> str:
    return base64url(b"\x02" + secrets.token_bytes(16 + 154))


def printed() -> NewHolder:
    return NewHolder("recovery", "printed", make_seal_key(), make_lock())


def passkey(credential_id: str) -> NewHolder:
    return NewHolder("passkey", credential_id, make_seal_key(), make_lock())


def wrap_for(kind: Any, holder_id: str) -> NewWrap:
    return NewWrap(kind, holder_id, make_wrap())


def first_key(*holders: NewHolder, devices: tuple[str, ...] = ()) -> FirstKey:
    wraps = [wrap_for(holder.kind, holder.holder_id) for holder in holders]
    return FirstKey(make_seal_key(), list(holders), wraps + [wrap_for("device", each) for each in devices])


def renewal(generation: int, *holders: tuple[str, str]) -> Renewal:
    wraps = [wrap_for(kind, holder_id) for kind, holder_id in holders]
    return Renewal(generation, make_seal_key(), "s" * 43, make_wrap(), wraps)
