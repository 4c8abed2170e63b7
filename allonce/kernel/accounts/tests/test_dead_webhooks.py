"""The console's list of what accounts' systems did not take, and sending it once more."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now
from allonce.kernel.post.webhooks_out.models import Delivery
from allonce.kernel.post.webhooks_out.wording import why

pytestmark = pytest.mark.django_db
LIST = "/operator/webhooks/"
SECRET = "Mary Canary asks for the blue one"


def gave_up(account_id: UUID, status: str = "timeout", **given: object) -> Delivery:
    """A webhook that failed for a day."""
    told = {"event": "chat.lead", "content": {"body": SECRET, "url": "https://crm.example/h/s3cret", "secret": "x"}}
    ends = {"state": "dead", "status": status, "attempts": 13, "settled_at": now()}
    return Delivery.objects.create(
        account_id=account_id, event_id=uuid4(), target_hash=uuid4().hex, **told | ends | given
    )


def again(dead: Delivery) -> str:
    return f"{LIST}{dead.account_id}/{dead.id}/again/"


def test_it_says_whose_it_is_why_and_when_and_nothing_of_what_it_tells(olivia: Inhabitant, sam: Inhabitant) -> None:
    assert "Everything arrived" in sam.client.get(LIST).content.decode()
    gave_up(olivia.account.id)
    gave_up(olivia.account.id, "503", event="chat.other")
    gave_up(olivia.account.id, event="webhook.ping")
    page = sam.client.get(LIST).content.decode()
    assert str(olivia.account.id) in page
    assert "did not answer in time" in page and "answered with an error (503)" in page
    assert "2 in all" in page and "webhook.ping" not in page
    assert not [each for each in (SECRET, "crm.example", "Harbour") if each in page]


def test_one_press_sends_it_again_and_it_leaves_the_list(olivia: Inhabitant, sam: Inhabitant) -> None:
    dead = gave_up(olivia.account.id)
    assert sam.client.post(again(dead))["Location"] == LIST
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("waiting", 0)
    assert "Everything arrived" in sam.client.get(LIST).content.decode()
    recorded = Entry.objects.get(action="webhook.replayed")
    assert (recorded.account_id, recorded.actor_id) == (olivia.account.id, sam.person.id)
    shown = sam.client.post(again(dead), follow=True).content.decode()
    assert "Only what failed within the last thirty days" in shown


def test_all_or_the_ticked_ones_go_again_at_one_press(olivia: Inhabitant, sam: Inhabitant) -> None:
    first, second, third = (gave_up(olivia.account.id) for _time in range(3))
    ping = gave_up(olivia.account.id, event="webhook.ping")

    def states() -> list[str]:
        rows = {each.id: each.state for each in Delivery.objects.all()}
        return [rows[each.id] for each in (first, second, third, ping)]

    nothing = sam.client.post(f"{LIST}again/", {"delivery": "no-number"}, follow=True).content.decode()
    assert "Nothing was sent" in nothing and states() == ["dead"] * 4
    said = sam.client.post(f"{LIST}again/", {"delivery": [first.id, ping.id, uuid4()]}, follow=True).content.decode()
    assert "1 is on its way again" in said and states() == ["waiting", "dead", "dead", "dead"]
    said = sam.client.post(f"{LIST}again/", {"which": "all"}, follow=True).content.decode()
    assert "2 are on their way again" in said and states() == ["waiting", "waiting", "waiting", "dead"]
    assert Entry.objects.filter(action="webhook.replayed", actor_id=sam.person.id).count() == 3


def test_another_accounts_number_finds_nothing(olivia: Inhabitant, sam: Inhabitant) -> None:
    dead = gave_up(olivia.account.id)
    assert sam.client.post(f"{LIST}{uuid4()}/{dead.id}/again/").status_code == 404
    assert sam.client.get(again(dead)).status_code == 405


def test_for_everybody_else_it_does_not_exist(olivia: Inhabitant, sam: Inhabitant) -> None:
    dead = gave_up(olivia.account.id)
    biller = people.fellow(sam, "billing")
    for browser in (olivia.client, biller.client):
        assert browser.get(LIST).status_code == 404
        assert browser.post(again(dead)).status_code == 404
        assert browser.post(f"{LIST}again/", {"which": "all"}).status_code == 404
    assert Client().get(LIST)["Location"].startswith("/sign-in/")
    assert Client().post(again(dead)).status_code in {302, 401}
    dead.refresh_from_db()
    assert dead.state == "dead"


def test_every_status_has_words() -> None:
    from allonce.kernel.post.webhooks_out.delivering import WORDS

    assert not [each for each in WORDS if why(each).endswith(f"({each}).")]
    assert (why(""), why("200"), why("404")) == ("", "The site took it.", "The site answered with an error (404).")
