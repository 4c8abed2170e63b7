"""Through which placement a visitor comes, and to which Merchant it leads."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import entitlements, tenancy
from allonce.kernel.errors import NotFound
from allonce.products.chat.access import SERVICE
from allonce.products.chat.models import ChatClient, Conversation, Placement, ProviderMerchant


class NoDoor(NotFound):
    """No such placement, no such Merchant on it, or one whose chat was taken off: all look alike."""

    code = "no_such_chat"
    message = gettext_lazy(
        "There is no chat here. Check the key, and the number of the business, in the page's script."
    )


@dataclass(frozen=True)
class Door:
    """A placement with the Merchant it leads to. On a Merchant's own site there is no Provider."""

    placement: Placement
    client: ChatClient
    provider: ChatClient | None
    external_id: str

    @property
    def account_id(self) -> UUID:
        """The Merchant's account: whose conversation it will be."""
        return self.client.account_id

    @property
    def language(self) -> str:
        """The placement's, or else the Merchant's."""
        return self.placement.language or self.client.language


def open_door(key: str, external_id: str = "") -> Door:
    """The door behind a placement's key; from here on the Merchant's account is open. Raises NoDoor."""
    with tenancy.across_accounts():
        placement = Placement.objects.select_related("account").filter(key=key, hidden_at=None).first()
        owner = _client(placement.account_id) if placement else None
        if placement is None or owner is None:
            raise NoDoor
        client = owner if owner.is_merchant else _listed(owner, external_id)
        if client is None or not all(
            entitlements.allows(each, SERVICE) for each in {owner.account_id, client.account_id}
        ):
            raise NoDoor
    tenancy.open_account(client.account_id)
    return Door(placement, client, None if owner.is_merchant else owner, external_id)


def door_for(key: str, conversation: Conversation) -> Placement:
    """The placement, if this conversation may be carried on through it; its account is open then. Raises NotFound."""
    with tenancy.across_accounts():
        placement = Placement.objects.filter(key=key, hidden_at=None).first()
    if placement is None or placement.account_id not in {conversation.account_id, conversation.provider_id}:
        raise NotFound
    tenancy.open_account(conversation.account_id)
    return placement


def _client(account_id: UUID) -> ChatClient | None:
    clients = ChatClient.objects.filter(account_id=account_id, hidden_at=None, account__ended_at=None)
    return clients.select_related("account").first()


def _listed(provider: ChatClient, external_id: str) -> ChatClient | None:
    listed = ProviderMerchant.objects.filter(
        account_id=provider.account_id, external_id=external_id, hidden_at=None
    ).first()
    found = _client(listed.merchant_account_id) if listed else None
    return found if found is not None and found.is_merchant else None
