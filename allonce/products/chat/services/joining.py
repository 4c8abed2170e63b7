"""Who joins a Merchant by invitation as an agent can answer at once."""

from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor
from allonce.products.chat import words
from allonce.products.chat.models import AgentProfile, ChatClient
from allonce.products.chat.services import set_up


class Joining:
    """Makes the profile of agents who join; nobody else is asked to answer by joining."""

    def joined(self, membership: Membership) -> None:
        """Give an agent the profile that visitors see, or back the one they had."""
        client = ChatClient.objects.filter(account_id=membership.account_id, hidden_at=None).first()
        if membership.role != Role.AGENT or client is None or not client.is_merchant:
            return
        known = AgentProfile.objects.filter(account_id=client.account_id, person_id=membership.person_id).first()
        name = known.name if known else first_name(membership.person)
        actor = Actor(kind="person", id=membership.person_id)
        set_up.add_agent(client, membership.person_id, name, actor=actor)


def first_name(person: Person) -> str:
    """What visitors call an agent until somebody says otherwise."""
    return words.line(person.name, 60).partition(" ")[0] or _("Agent")
