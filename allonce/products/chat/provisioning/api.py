"""The API for Providers' systems, which bring businesses, and for telephone systems, which report calls."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound
from allonce.products.chat.api import ByKey
from allonce.products.chat.leads.services import calls
from allonce.products.chat.models import ApiKey, ChatClient
from allonce.products.chat.provisioning import services
from allonce.products.chat.provisioning.models import Profile
from allonce.products.chat.provisioning.services import NotAProvider, UnfitMerchant, Wanted
from allonce.products.chat.provisioning.sheets import faults_of

router = Router(tags=["chat"], auth=ByKey())


class MerchantIn(Schema):
    """A business. `email` is its primary contact's, who gets an invitation; `profile` names default settings."""

    name: str = Field(max_length=120)
    email: str = Field(max_length=254)
    zone: str = Field(default="", max_length=64)
    profile: str = Field(default="", max_length=60)
    hidden: bool = False


class NewMerchantIn(MerchantIn):
    """The same with the Provider's own number, by which it is found from then on."""

    id: str = Field(max_length=80)


class MerchantOut(Schema):
    """`state` is created, changed, same, or offered: the business has an account and is asked first."""

    id: str
    name: str
    hidden: bool
    managed_here: bool
    state: str


class MerchantsOut(Schema):
    merchants: list[MerchantOut]
    next: str | None


class CallIn(Schema):
    """A call, as a telephone system reports it when it is over. `seconds` is 0 if nobody answered."""

    id: str = Field(max_length=80)
    number: str = Field(max_length=40)
    started_at: datetime
    seconds: int
    name: str = Field(default="", max_length=120)
    listing: dict[str, str] = Field(default_factory=dict)


class CallOut(Schema):
    id: str
    lead: str


@router.get("/merchants", response=MerchantsOut)
def merchants(request: HttpRequest, after: str = "", limit: int = 100) -> Any:
    """The businesses you list, hidden ones too, in the order of your numbers. `next` goes on from there."""
    bounded = max(1, min(limit, 500))
    found = services.listed_by(_provider(request), after, bounded)
    return {
        "merchants": [_out(each) for each in found],
        "next": found[-1].external_id if len(found) == bounded else None,
    }


@router.post("/merchants", response=MerchantOut)
def add_merchant(request: HttpRequest, given: NewMerchantIn) -> Any:
    """Bring a business. Sent again with the same number it changes what differs, or nothing."""
    return _put(request, given.id, given)


@router.get("/merchants/{external_id}", response=MerchantOut)
def merchant(request: HttpRequest, external_id: str) -> Any:
    """One business by your number."""
    return _out(services.one(_provider(request), external_id))


@router.put("/merchants/{external_id}", response=MerchantOut)
def put_merchant(request: HttpRequest, external_id: str, given: MerchantIn) -> Any:
    """Bring or change a business by your number; safe to repeat."""
    return _put(request, external_id, given)


@router.delete("/merchants/{external_id}", response={204: None})
def hide_merchant(request: HttpRequest, external_id: str) -> Any:
    """Take a business off your list. Its account, its leads and your figures stay; bringing it again shows it again."""
    services.hide(_provider(request), external_id, actor=_actor(request))
    return Status(204, None)


@router.post("/calls", response=CallOut)
def report_call(request: HttpRequest, given: CallIn) -> Any:
    """Report a call. It becomes a lead; sent again with the same id it only corrects the length."""
    client = _client(request)
    if not client.is_merchant:
        raise NotFound
    call = calls.Call(given.id, given.started_at, given.seconds, given.number, given.name, given.listing)
    made = calls.report(client, call)
    return {"id": given.id, "lead": str(made.conversation.lead.id)}


def _put(request: HttpRequest, external_id: str, given: MerchantIn) -> Any:
    provider = _provider(request)
    names = (given.name.strip(), given.email.strip(), given.zone.strip(), given.profile.strip())
    wanted = Wanted(external_id.strip(), *names, given.hidden)
    titles = Profile.objects.filter(account_id=provider.account_id).values_list("title", flat=True)
    faults = dict(faults_of(wanted, {each.casefold() for each in titles}))
    if faults:
        raise UnfitMerchant(fields=faults)
    return _out(services.put(provider, wanted, actor=_actor(request)))


def _out(done: services.Done) -> dict[str, Any]:
    return {
        "id": done.external_id,
        "name": done.name,
        "hidden": done.hidden,
        "managed_here": done.managed_here,
        "state": done.state,
    }


def _provider(request: HttpRequest) -> ChatClient:
    client = _client(request)
    if client.is_merchant:
        raise NotAProvider
    return client


def _client(request: HttpRequest) -> ChatClient:
    found = ChatClient.objects.filter(account_id=_key(request).account_id, hidden_at=None).first()
    if found is None:
        raise NotFound
    return found


def _actor(request: HttpRequest) -> Actor:
    return Actor("system", via=_key(request).id)


def _key(request: HttpRequest) -> ApiKey:
    key: ApiKey = request.auth  # type: ignore[attr-defined]  # what ByKey found
    return key
