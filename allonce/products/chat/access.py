"""Who may answer: a person of a Merchant's account with a profile as an agent, while the account may use Chat."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import entitlements, tenancy
from allonce.kernel.accounts.access import access_account
from allonce.kernel.accounts.models import Account, Membership, SignInSession
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.kernel.errors import NotFound, UserError
from allonce.products.chat.models import AgentProfile, ChatClient

SERVICE = "chat"
ANSWERING = (Role.OWNER, Role.OFFICE, Role.AGENT)


class NoProfile(UserError):
    """The person may answer visitors, but nobody has made a profile for them."""

    code = "no_agent_profile"
    status = 403
    message = gettext_lazy("You are not an agent yet. Somebody who runs the account adds you under Agents.")


@dataclass(frozen=True)
class AgentAccess:
    """One agent at work, for one request."""

    account: Account
    client: ChatClient
    profile: AgentProfile
    actor: Actor
    role: Role

    @property
    def seat(self) -> str:
        """The agent's name in logs."""
        return self.profile.seat


def access_agent(request: HttpRequest) -> AgentAccess:
    """Open the account for an agent. Raises NotSignedIn, NotFound, NotSubscribed, NoProfile or AgreementEnded."""
    access = access_account(request, *ANSWERING)
    if access.look is not None:
        raise NotFound
    client = merchant_of(access.account.id)
    entitlements.require(access.account.id, SERVICE)
    profile = AgentProfile.objects.at_work().filter(account=access.account, person=access.person).first()
    if profile is None:
        raise NoProfile
    return AgentAccess(access.account, client, profile, access.actor, access.role)


def merchant_of(account_id: UUID) -> ChatClient:
    """The account's settings as a Merchant. Raises NotFound for everybody else."""
    found = ChatClient.objects.filter(account_id=account_id, kind=ChatClient.Kind.MERCHANT, hidden_at=None).first()
    if found is None:
        raise NotFound
    return found


def agent_in(session: SignInSession, account_id: UUID) -> AgentProfile:
    """The agent that a living sign-in is in this account, for streams. Raises NotFound for everybody else."""
    with tenancy.across_accounts():
        profile = AgentProfile.objects.at_work().filter(account_id=account_id, person_id=session.person_id).first()
        member = Membership.objects.filter(
            account_id=account_id, person_id=session.person_id, role__in=ANSWERING, account__ended_at=None
        )
        if profile is None or session.look_id or not member.exists() or not entitlements.allows(account_id, SERVICE):
            raise NotFound
    return profile
