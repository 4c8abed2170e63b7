"""The visitor's addresses: everything that the widget asks for beside the stream itself. No cookie is read or set."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel import messaging
from allonce.kernel.accounts import tenancy, throttle
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.uploads import serving
from allonce.products.chat.doors import Door, door_for, open_door
from allonce.products.chat.jsonio import answer, problems, read
from allonce.products.chat.models import AgentProfile, Conversation, Placement, ProviderMerchant
from allonce.products.chat.services import files, set_up, starting, visiting
from allonce.products.chat.services.consumers import Contact
from allonce.products.chat.stream import VISITOR
from allonce.products.chat.tokens import conversation_of, token_for
from allonce.products.chat.visitor.schemas import ContactBody, EndBody, OpeningBody, RateBody, TokenBody

# A visitor who begins more often than this is no visitor. Counted by where they come from, never by the site.
STARTS = (12, timedelta(minutes=10))
CALLS = (120, timedelta(minutes=1))


class MayNotAnswer(UserError):
    """The visitor did not agree to be answered by mail, without which the message can lead nowhere."""

    code = "may_not_answer"
    status = 422
    message = gettext_lazy("Tick that the business may answer you by mail, or your message cannot be answered.")


@csrf_exempt
@require_POST
@problems
def start(request: HttpRequest, key: str) -> HttpResponseBase:
    """Begin a conversation, with the first message in it."""
    given = read(request, OpeningBody)
    door = _door(request, key, given.m)
    made = starting.start(door, given.opening(), client_address(request))
    return answer(
        {
            "s": str(made.id),
            "token": token_for(made),
            "visitor": str(made.consumer_id),
            "head": _head(made),
            "agent": _agent(key, made),
        }
    )


@csrf_exempt
@require_POST
@problems
def offline(request: HttpRequest, key: str) -> HttpResponseBase:
    """Leave a message while nobody is there."""
    given = read(request, OpeningBody)
    if not given.may_answer:
        raise MayNotAnswer(fields={"may_answer": str(MayNotAnswer.message)})
    door = _door(request, key, given.m)
    return answer({"lead": str(starting.leave_message(door, given.opening(), client_address(request)))})


@csrf_exempt
@require_POST
@problems
def resume(request: HttpRequest, key: str) -> HttpResponseBase:
    """How the conversation of this token stands."""
    made = _conversation(key, read(request, TokenBody).token)
    return answer({"s": str(made.id), "state": made.state, "agent": _agent(key, made), "head": _head(made)})


@csrf_exempt
@require_POST
@problems
def contact(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say who one is, or correct it."""
    given = read(request, ContactBody)
    made = visiting.give_contact(_conversation(key, given.token).id, Contact(given.name, given.email, given.phone))
    known = made.consumer
    return answer({"name": known.name, "email": known.email, "phone": known.phone})


@csrf_exempt
@require_POST
@problems
def end(request: HttpRequest, key: str) -> HttpResponseBase:
    """Say goodbye, and have what was said sent to an address, if one is given."""
    given = read(request, EndBody)
    made = visiting.say_goodbye(_conversation(key, given.token).id, given.email_transcript)
    return answer({"state": made.state})


@csrf_exempt
@require_POST
@problems
def rate(request: HttpRequest, key: str) -> HttpResponseBase:
    """One to five stars."""
    given = read(request, RateBody)
    made = visiting.rate(_conversation(key, given.token).id, given.stars, given.text)
    return answer({"stars": made.stars})


@csrf_exempt
@require_POST
@problems
def stop(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ask this business not to contact one any more."""
    visiting.stop(_conversation(key, read(request, TokenBody).token).id)
    return answer({"stopped": True})


@csrf_exempt
@require_POST
@problems
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Hand in a picture, to be sent by the stream afterwards."""
    made = _conversation(key, request.POST.get("token", ""))
    given = request.FILES.get("file")
    if given is None:
        raise UserError(gettext_lazy("Choose a picture to send."), code="no_file")
    row = files.keep(made, VISITOR, given.read(), given.name or "")
    return answer({"file": str(row.id), "name": row.name, "width": row.width, "height": row.height})


@require_GET
@problems
def file_content(request: HttpRequest, key: str, file_id: UUID) -> HttpResponseBase:
    """A picture of one's own conversation."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    made = _conversation(key, token if scheme.lower() == "bearer" else "")
    row, data = files.read(made, file_id)
    return serving.inline(data, serving.MEDIA[row.kind])


@require_GET
@problems
def agent_picture(request: HttpRequest, key: str, agent_id: UUID) -> HttpResponseBase:  # noqa: ARG001
    """The picture that an agent shows to visitors, on the placements of the business they answer for."""
    with tenancy.across_accounts():
        profile = AgentProfile.objects.at_work().filter(pk=agent_id).first()
        if profile is None or not _answers_at(profile, key):
            raise NotFound
    tenancy.open_account(profile.account_id)
    made = serving.inline(set_up.picture_of(profile), serving.MEDIA["jpeg"])
    made["Cache-Control"] = "public, max-age=3600"
    return made


def _answers_at(profile: AgentProfile, key: str) -> bool:
    """Whether the placement is the business's own, or a Provider's that lists it."""
    placement = Placement.objects.filter(key=key, hidden_at=None).first()
    if placement is None:
        return False
    listed = ProviderMerchant.objects.filter(
        account_id=placement.account_id, merchant_account_id=profile.account_id, hidden_at=None
    )
    return placement.account_id == profile.account_id or listed.exists()


def _door(request: HttpRequest, key: str, external_id: str) -> Door:
    throttle.hit("chat.start", client_address(request), *STARTS)
    return open_door(key, external_id)


def _conversation(key: str, token: str) -> Conversation:
    """The token's conversation, if it goes on through this placement. Raises NotFound, or TooMany."""
    made = conversation_of(token)
    door_for(key, made)
    throttle.hit("chat.visitor", made.id.hex, *CALLS)
    with tenancy.across_accounts():
        Conversation.objects.filter(pk=made.pk, token_used_at=None).update(token_used_at=now())
    return made


def _head(made: Conversation) -> int:
    return messaging.heads([made.id]).get(made.id, 0)


def _agent(key: str, made: Conversation) -> dict[str, Any] | None:
    profile = made.agent
    if profile is None:
        return None
    shown = f"/w/{key}/agent/{profile.id}" if profile.picture else None
    return {"id": str(profile.id), "name": profile.name, "picture": shown}
