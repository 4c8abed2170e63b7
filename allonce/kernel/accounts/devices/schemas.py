"""The JSON of the device API."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

Short = Annotated[str, Field(max_length=40)]
Line = Annotated[str, Field(max_length=120)]


class PublicKey(Schema):
    """A P-256 public key as a JWK; further members are ignored and never kept."""

    kty: str
    crv: str
    x: Line
    y: Line


class NewDevice(Schema):
    """The phone that asks."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    platform: Short = ""
    seal_key: PublicKey


class RegisterIn(Schema):
    """The account's email, a User ID, and perhaps a code from Setup."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    user_id: Annotated[str, Field(min_length=1, max_length=20)]
    code: Short | None = None
    device: NewDevice


class AccountOut(Schema):
    id: UUID
    name: str


class AccountWithEmail(AccountOut):
    email: str


class UserOut(Schema):
    """`max_discount_bp` is in basis points."""

    user_id: str
    name: str
    max_discount_bp: int


class RegisterOut(Schema):
    """`token` is told this once. `mark` is the device's part of quote numbers, such as K7."""

    device_id: UUID
    token: str
    state: str
    mark: str
    account: AccountOut
    user: UserOut


class DeviceOut(Schema):
    id: UUID
    state: str
    fingerprint: str
    mark: str


class PreviousKeyOut(Schema):
    """An older generation; its wrap opens with the generation after it."""

    generation: int
    public_key: dict[str, Any]
    fingerprint: str
    succession: str
    wrap: str


class KeysOut(Schema):
    """The account's key as this device may hold it; `wrap` is null until the device is approved."""

    generation: int
    public_key: dict[str, Any]
    fingerprint: str
    succession: str
    wrap: str | None
    previous: list[PreviousKeyOut]


class SyncOut(Schema):
    """`keys` is null until the owner has set a key up. Products add their parts: catalogue, deliveries."""

    state: str
    server_time: datetime
    device: DeviceOut
    account: AccountWithEmail
    user: UserOut
    keys: KeysOut | None
    catalogue: dict[str, Any] | None = None
    deliveries: list[dict[str, Any]] = []


class PendingOut(Schema):
    id: UUID
    name: str
    user_id: str
    user_name: str
    fingerprint: str
    seal_key: dict[str, Any]
    registered_at: datetime


class ApproveIn(Schema):
    """The fingerprint that was compared, and the account's key sealed to the device ("" while there is none)."""

    fingerprint: Line
    wrap: Annotated[str, Field(max_length=1000)] = ""
    generation: int | None = None


class ApprovedOut(Schema):
    id: UUID
    state: str
