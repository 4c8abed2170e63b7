"""The API for a Client's own systems and partners: presence for everybody, the rest with a key."""

import json
import re
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Router, Schema
from ninja.security import HttpBearer
from pydantic import Field

from allonce.kernel import messaging
from allonce.kernel.accounts import entitlements, limits, tenancy
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.messaging import Draft
from allonce.products.chat import words
from allonce.products.chat.access import SERVICE
from allonce.products.chat.doors import NoDoor, open_door
from allonce.products.chat.models import ApiKey, Conversation
from allonce.products.chat.services.placing import key_behind
from allonce.products.chat.services.starting import somebody_is_there
from allonce.products.chat.visitor.showing import in_script

router = Router(tags=["chat"])
# A name that a script can call, and nothing that could be a statement: dots and letters, 80 at most.
CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40}){0,3}")


class BadCallback(UserError):
    code = "bad_callback"
    status = 422
    message = gettext_lazy("The callback is a plain name such as PresenceCallback.")


class ByKey(HttpBearer):
    """`Authorization: Bearer ak_...`; the key's account is open for the rest of the request."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:  # noqa: ARG002 (its signature)
        """The key, or None, which answers 401."""
        key = key_behind(token)
        if key is None:
            return None
        limits.count_account(key.account_id)
        with tenancy.across_accounts():
            entitlements.require(key.account_id, SERVICE)
        tenancy.open_account(key.account_id)
        return key


class Whisper(Schema):
    """Words for the agent alone."""

    text: str = Field(max_length=4000)


class Written(Schema):
    seq: int


@router.get("/presence", auth=None)
def presence(
    request: HttpRequest,  # noqa: ARG001
    placement: str,
    merchant: str = "",
    provider: str = "",
    callback: str = "",
) -> HttpResponse:
    """Whether somebody would answer now at a placement: JSON, or a script that calls `callback` with it.

    `merchant` is the Provider's number of the business, on a Provider's placement; `provider` may repeat the
    Provider's public id, and must then fit. Unknown ones are simply not online.
    """
    if callback and not CALLBACK.fullmatch(callback):
        raise BadCallback
    said = {"online": _online(placement, merchant, provider), "placement": placement, "merchant": merchant}
    if callback:
        made = HttpResponse(f"/**/{callback}({in_script(said)});", content_type="text/javascript; charset=utf-8")
    else:
        made = HttpResponse(json.dumps(said), content_type="application/json")
    made["Access-Control-Allow-Origin"] = "*"
    made["Cross-Origin-Resource-Policy"] = "cross-origin"
    made["X-Content-Type-Options"] = "nosniff"
    made["Cache-Control"] = "public, max-age=15"
    return made


def _online(placement: str, merchant: str, provider: str) -> bool:
    try:
        door = open_door(placement, merchant)
    except NoDoor:
        return False
    if provider and (door.provider is None or door.provider.public_id != provider):
        return False
    return somebody_is_there(door)


@router.post("/conversations/{uuid:conversation_id}/whisper", auth=ByKey(), response=Written)
def whisper(request: HttpRequest, conversation_id: UUID, given: Whisper) -> Any:
    """Tell the agent of a running conversation something, from the Client's own system. The visitor sees nothing."""
    key: ApiKey = request.auth  # type: ignore[attr-defined]  # what ByKey found
    found = Conversation.objects.filter(pk=conversation_id, account_id=key.account_id).first()
    if found is None:
        raise NotFound
    said = words.plain(given.text)
    if not said:
        raise words.NothingSaid
    draft = Draft(uuid4(), "whisper", {"text": said, "links": [], "from": key.label}, "staff")
    return {"seq": messaging.append(found.id, f"system:{key.id}", draft).seq}
