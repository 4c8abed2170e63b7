"""The visitor's button "text us": it remembers the page for minutes and answers with the number to text."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import Field

from allonce.kernel.accounts import throttle
from allonce.kernel.accounts.services.sign_in import client_address
from allonce.products.chat.doors import open_door
from allonce.products.chat.jsonio import Body, answer, problems, read
from allonce.products.chat.leads.services import texting
from allonce.products.chat.visitor.views import CALLS


class TextBody(Body):
    """`m` is a Provider's number of the business; page and listing as for a conversation."""

    m: str = Field(default="", max_length=80)
    page: dict[str, Any] = Field(default_factory=dict)
    listing: dict[str, Any] | None = None


@csrf_exempt
@require_POST
@problems
def text(request: HttpRequest, key: str) -> HttpResponseBase:
    """{number, uri}: the number of the business, and the address that opens a text message on a phone."""
    given = read(request, TextBody)
    door = open_door(key, given.m)
    throttle.hit("chat-text", client_address(request), *CALLS)
    number = texting.looked(door, given.page, given.listing or {})
    return answer({"number": number, "uri": f"sms:{number}"})
