"""The phone's way to post a job and to ask what became of it."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Router

from allonce.kernel.accounts.devices.access import access_device
from allonce.products.quoting.models import Delivery
from allonce.products.quoting.parcels import read_parcel
from allonce.products.quoting.queries import deliveries_of
from allonce.products.quoting.schemas import DeliveriesOut
from allonce.products.quoting.services.posting import ROLES, post_job
from allonce.products.quoting.services.settling import settle

router = Router(tags=["jobs"])

PARTS = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["job", "job_file"],
                    "properties": {
                        "job": {"type": "string", "description": "the job's JSON, see docs/posting.md"},
                        "job_file": {"type": "string", "format": "binary"},
                        "label": {"type": "string", "description": "number and name, sealed to the account"},
                    },
                    "additionalProperties": {"type": "string", "format": "binary"},
                }
            }
        },
    }
}


@router.post("/jobs/{job_ref}/{revision}", response=DeliveriesOut, openapi_extra=PARTS)
def post(request: HttpRequest, job_ref: UUID, revision: Path[int], resend: str = "") -> dict[str, object]:
    """Send a job's mails, each once; `resend` names a role that a person wants to send again."""
    access = access_device(request)
    parcel = read_parcel(request, job_ref, revision)
    again = frozenset(role for role in resend.split(",") if role in ROLES)
    return {"deliveries": [told(one) for one in post_job(access, parcel, again)]}


@router.get("/jobs/{job_ref}", response=DeliveriesOut)
def deliveries(request: HttpRequest, job_ref: UUID) -> dict[str, object]:
    """How the job's mails stand, of the latest revision that was posted."""
    access = access_device(request)
    settle(deliveries_of(access.account.id, job_ref))
    found = deliveries_of(access.account.id, job_ref)
    latest = max((one.revision for one in found), default=0)
    return {"deliveries": [told(one) for one in found if one.revision == latest]}


def told(delivery: Delivery) -> dict[str, object]:
    """A delivery as the phone knows it."""
    sending = delivery.state == Delivery.State.SENDING
    return {
        "role": delivery.role,
        "state": "retry" if sending else delivery.state,
        "reason": "being_sent" if sending else delivery.reason,
        "at": delivery.at,
        "sends": delivery.sends,
    }
