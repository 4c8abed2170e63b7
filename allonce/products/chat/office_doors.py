"""Who may open the Customer Portal: people of an account that uses Chat, each for their own account only."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from allonce.kernel.accounts import entitlements
from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.accounts.models import Account
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound
from allonce.products.chat.access import SERVICE
from allonce.products.chat.models import ChatClient

WRITING = (Role.OWNER, Role.OFFICE)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class PortalAccess:
    """A person of a Client, for one request."""

    office: AccountAccess
    client: ChatClient

    @property
    def account(self) -> Account:
        return self.office.account

    @property
    def actor(self) -> Actor:
        return self.office.actor


def portal(*roles: str, kind: str = "") -> Callable[[View], View]:
    """Pass the view a PortalAccess as second argument, for people with one of `roles` (any but agents if none).

    `kind` is "merchant" or "provider" where the page is for one of them alone. To every other account the page does
    not exist; without a running subscription the answer says so.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        @office(*roles)
        def guarded(request: HttpRequest, access: AccountAccess, *args: Any, **kwargs: Any) -> HttpResponseBase:
            client = ChatClient.objects.filter(account=access.account, hidden_at=None).first()
            if client is None or (kind and client.kind != kind):
                raise NotFound
            entitlements.require(access.account.id, SERVICE)
            by = PortalAccess(access, client)
            request.portal = by  # type: ignore[attr-defined]  # for templates
            return view(request, by, *args, **kwargs)

        return guarded

    return decorate


def kind_of(request: HttpRequest) -> str:
    """Merchant or provider for an account that may use Chat now, "new" before it said which, "" for all others.

    Asked by every page's menu, so it is looked up once a request.
    """
    access: AccountAccess | None = getattr(request, "access", None)
    if access is None:
        return ""
    known: str | None = getattr(request, "chat_kind", None)
    if known is None:
        found = ChatClient.objects.filter(account=access.account, hidden_at=None).values_list("kind", flat=True).first()
        known = (found or "new") if entitlements.allows(access.account.id, SERVICE) else ""
        request.chat_kind = known  # type: ignore[attr-defined]
    return known
