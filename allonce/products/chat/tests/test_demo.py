"""The demo's people of Chat can all walk in, and a second loading changes nothing."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from allonce.kernel.accounts import tenancy
from allonce.products.chat.demo import BAYSIDE_NUMBER, FENWICK, QUAYSIDE
from allonce.products.chat.doors import open_door
from allonce.products.chat.models import AgentProfile, Conversation

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True
    call_command("demo", verbosity=0)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("who", ["agent", "agent-phone", "merchant"])
def test_one_click_opens_the_console(who: str) -> None:
    browser = Client(headers={"Origin": "http://testserver"})
    landed = browser.post(f"/sign-in/demo/{who}/", follow=True)
    assert landed.status_code == 200 and landed.redirect_chain[-1][0] in {"/chat/inbox/", "/chat/"}
    assert browser.get("/chat/api/snapshot").json()["counts"]["hand_over"] >= 2


@pytest.mark.usefixtures("demo")
def test_an_agent_of_the_demo_opens_nothing_but_the_console() -> None:
    browser = Client(headers={"Origin": "http://testserver"})
    browser.post("/sign-in/demo/agent/")
    shut = [path for path in ("/setup/", "/account/", "/account/people/") if browser.get(path).status_code != 404]
    assert not shut


@pytest.mark.usefixtures("demo")
def test_the_index_leads_to_both_merchants() -> None:
    with tenancy.across_accounts():
        assert open_door(QUAYSIDE, BAYSIDE_NUMBER).client.shown_name == "Bayside Motors"
        assert open_door(FENWICK).client.shown_name == "Fenwick Cars"


@pytest.mark.usefixtures("demo")
def test_a_second_loading_changes_nothing() -> None:
    before = AgentProfile.objects.count(), Conversation.objects.count()
    call_command("demo", verbosity=0)
    assert (AgentProfile.objects.count(), Conversation.objects.count()) == before
