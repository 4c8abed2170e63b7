"""Agents join by the mailed link and answer at once; nobody makes their profile by hand."""

import pytest
from django.test import Client
from django.urls import reverse

from allonce.kernel.accounts.models import Invitation, Membership
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.services import tokens
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD
from allonce.kernel.audit import SYSTEM
from allonce.products.chat.leads.tests.scene import Dealer, dealer
from allonce.products.chat.models import AgentProfile
from allonce.products.chat.services import set_up

pytestmark = pytest.mark.django_db
FORM = {"name": "Carl Cole", "password": PASSWORD, "birth_date": "1990-04-01"}


@pytest.fixture
def fenwick() -> Dealer:
    return dealer()


def link_to(fenwick: Dealer, email: str = "carl@fenwick.example") -> str:
    assert fenwick.who.client.post(reverse("chat_portal:agent_invite"), {"email": email}).status_code == 302
    return f"/invitation/{tokens.sign('invite', Invitation.objects.latest('created_at').id)}/"


def test_somebody_new_joins_and_stands_among_the_agents(fenwick: Dealer) -> None:
    browser = Client()
    answer = browser.post(link_to(fenwick), FORM)
    assert answer.status_code == 302
    profile = AgentProfile.objects.at_work().get(account=fenwick.account, person__memberships__role=Role.AGENT)
    assert profile.name == "Carl"
    assert "Carl" in fenwick.who.client.get(reverse("chat_portal:agents")).content.decode()
    assert answer["Location"] == reverse("chat:inbox")


def test_a_former_agent_who_is_invited_again_has_their_profile_back(fenwick: Dealer) -> None:
    carl = people.colleague(fenwick.who, Role.AGENT, "carl@fenwick.example")
    profile = set_up.add_agent(fenwick.client, carl.person.id, "Captain Carl", actor=SYSTEM)
    set_up.hide_agent(fenwick.client, profile, actor=SYSTEM)
    Membership.objects.filter(account=fenwick.account, person=carl.person).delete()
    link = link_to(fenwick)
    assert carl.client.post(link).status_code == 302
    assert AgentProfile.objects.at_work().get(person=carl.person).name == "Captain Carl"


def test_who_joins_to_run_the_account_is_asked_first(fenwick: Dealer) -> None:
    fenwick.who.client.post("/account/people/", {"email": "olga@fenwick.example", "role": "office"})
    link = f"/invitation/{tokens.sign('invite', Invitation.objects.latest('created_at').id)}/"
    assert Client().post(link, FORM).status_code == 302
    assert Membership.objects.filter(account=fenwick.account, role=Role.OFFICE).exists()
    assert not AgentProfile.objects.filter(account=fenwick.account, person__memberships__role=Role.OFFICE).exists()


def test_an_agent_of_an_account_without_chat_joins_all_the_same() -> None:
    other = people.owner("Bayside Blinds", "Ben Bay")
    other.client.post("/account/people/", {"email": "ann@bayside.example", "role": "agent"})
    link = f"/invitation/{tokens.sign('invite', Invitation.objects.latest('created_at').id)}/"
    assert Client().post(link, FORM).status_code == 302
    assert not AgentProfile.objects.exists()
