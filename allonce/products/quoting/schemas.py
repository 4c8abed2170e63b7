"""What a posted job must hold at least, and what the phone is told of its deliveries."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError as DjangoError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Number = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]
Id = Annotated[str, Field(min_length=1, max_length=64)]


class Part(BaseModel):
    """A part of a job. Its errors never quote what was given."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)


class Customer(Part):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    email: Annotated[str, Field(max_length=254)] | None = ""
    address: list[str] = []

    @field_validator("email")
    @classmethod
    def _is_address(cls, given: str | None) -> str:
        """Empty where the Customer gave none."""
        address = (given or "").strip()
        if address:
            try:
                validate_email(address)
            except DjangoError:
                raise ValueError("address") from None
        return address


class Room(Part):
    id: Id
    name: str


class Item(Part):
    id: Id
    room: str = ""
    label: str = ""
    width: int
    drop: int
    quantity: int


class Proposal(Part):
    id: Id
    name: str
    items: Annotated[list[Item], Field(max_length=500)]


class PostedJob(Part):
    """The job's own JSON (docs/posting.md), so far as the server relies on it."""

    format: Literal[1]
    kind: Literal["quote", "order", "invoice"]
    number: Number
    job_ref: UUID
    revision: Annotated[int, Field(ge=1, le=100_000)]
    catalogue_version: Annotated[int, Field(ge=1)]
    date: date
    customer: Customer
    rooms: list[Room] = []
    proposals: Annotated[list[Proposal], Field(min_length=1, max_length=20)]
    chosen: Id
    totals: dict[str, Any]

    @model_validator(mode="after")
    def _chosen_is_there(self) -> "PostedJob":
        if self.chosen not in {proposal.id for proposal in self.proposals}:
            raise ValueError("chosen")
        return self


class DeliveryOut(Schema):
    """What became of one mail. SENDING is told as "retry" with the reason "being_sent"."""

    role: Literal["customer", "shop"]
    state: Literal["accepted", "refused", "retry", "uncertain", "bounced", "delivered"]
    reason: str
    at: datetime
    sends: int


class DeliveriesOut(Schema):
    deliveries: list[DeliveryOut]
