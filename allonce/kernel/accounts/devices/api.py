"""What phones call: register, synchronise, and approve another phone."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status

from allonce.kernel.accounts.devices import queries
from allonce.kernel.accounts.devices.access import access_approved_device, access_device
from allonce.kernel.accounts.devices.schemas import (
    ApprovedOut,
    ApproveIn,
    PendingOut,
    RegisterIn,
    RegisterOut,
    SyncOut,
)
from allonce.kernel.accounts.devices.services.approval import Approval, approve_device
from allonce.kernel.accounts.devices.services.registration import Asking, NotRegistered, register
from allonce.kernel.accounts.devices.services.sightings import note_contact
from allonce.kernel.accounts.devices.services.tries import count_try
from allonce.kernel.accounts.services.sign_in import client_address

router = Router(tags=["devices"])


@router.post("/register", response={201: RegisterOut}, operation_id="register")
async def register_device(request: HttpRequest, response: HttpResponse, asked: RegisterIn) -> Any:
    """Register a phone to a User.

    403 `not_registered` whatever was wrong; 403 `no_subscription` or `other_device` only with a code from Setup,
    or once the owner lets it be said; 429 when tried too often.
    """
    clock = asyncio.get_running_loop()
    answer_at = clock.time() + settings.REGISTER_REFUSAL_SECONDS
    response["Cache-Control"] = "no-store"
    try:
        return Status(201, await sync_to_async(_register)(request, asked))
    except NotRegistered:
        # An unknown email costs less work than a known one: every refusal takes the same time.
        await asyncio.sleep(max(0.0, answer_at - clock.time()))
        raise


@router.get("/sync", response=SyncOut, operation_id="sync")
def sync(
    request: HttpRequest,
    response: HttpResponse,
    catalogue: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0,
    app: Annotated[str, Field(max_length=40)] = "",
) -> dict[str, Any]:
    """Everything a phone should know now. `catalogue` is the version it holds (0 for none), `app` its own version.

    401 `device_unregistered`: lock and wipe. 401 `not_a_device`: keep everything, register again.
    403 `subscription_off`: keep everything, try again later.
    """
    access = access_device(request)
    note_contact(access, catalogue, app)
    response["Cache-Control"] = "no-store"
    return queries.sync_answer(access)


@router.get("/devices/pending", response=list[PendingOut], operation_id="pending_devices")
def pending_devices(request: HttpRequest) -> list[dict[str, Any]]:
    """Devices that wait for approval, for a device that is approved."""
    access = access_approved_device(request)
    return queries.pending_devices(access.account.id)


@router.post("/devices/{uuid:device_id}/approve", response=ApprovedOut, operation_id="approve_device")
def approve(request: HttpRequest, device_id: UUID, given: ApproveIn) -> Any:
    """Approve a device whose fingerprint was compared. 409 `fingerprint_differs` or `keys_moved`."""
    access = access_approved_device(request)
    approval = Approval(given.fingerprint, given.wrap, given.generation)
    return approve_device(access.account.id, device_id, approval, actor=access.actor)


def _register(request: HttpRequest, asked: RegisterIn) -> dict[str, Any]:
    asking = Asking(
        email=asked.email,
        user_id=asked.user_id,
        code=asked.code or "",
        device_name=asked.device.name,
        platform=asked.device.platform,
        seal_key=asked.device.seal_key.dict(),
    )
    count_try(client_address(request), asking)
    return queries.registered_answer(register(asking))
