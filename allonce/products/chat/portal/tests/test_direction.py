"""The Client directs: requests about visitors' data go to it and are followed; visitors get no newsletter of ours."""

import ast
from pathlib import Path

import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.privacy.requests.models import Referral, RightsRequest
from allonce.kernel.privacy.requests.tests import desk
from allonce.products.chat.leads.tests.scene import Dealer, dealer

pytestmark = pytest.mark.django_db
CHAT = Path(__file__).resolve().parents[2]
# What browsers keep is declared in the register of cookies, which lies in that room.
STORAGE = {"allonce.kernel.legal.marketing.cookies"}


@pytest.mark.promise("CHAT-DIRECTION")
def test_an_access_request_is_acknowledged_passed_on_carried_out_by_the_client_and_tracked(fenwick: Dealer) -> None:
    sam = people.staff()
    lead = fenwick.closes(fenwick.talks("Is it red?", "It is blue."))
    rival = dealer("Harbour Motors", "Hal Harbour")
    theirs = rival.leaves()
    request = desk.asked(email="nia@post.example")
    assert desk.letters("requests.received")
    desk.done(sam, "pass-on", account_email=fenwick.account.email)
    page = fenwick.who.client.get("/chat/consumers/").content.decode()
    assert request.reference in page
    assert f"/chat/consumers/{lead.consumer_id}/" in page
    assert str(theirs.consumer_id) not in page
    assert request.reference not in rival.who.client.get("/chat/consumers/").content.decode()
    assert "asks about their data" in fenwick.who.client.get("/chat/").content.decode()
    copy = fenwick.who.client.post(f"/chat/consumers/{lead.consumer_id}/copy/").content.decode()
    assert "It is blue." in copy
    answer = f"/account/requests/{Referral.objects.get().id}/answer/"
    assert fenwick.who.client.post(answer, {"words": "Sent a copy."}).status_code == 302
    assert "Sent a copy." in sam.client.get(f"/operator/requests/{request.id}/").content.decode()
    assert request.reference not in fenwick.who.client.get("/chat/consumers/").content.decode()
    assert RightsRequest.objects.count() == 1


@pytest.mark.promise("CHAT-NEWSLETTER")
def test_no_visitor_is_ever_among_the_readers_of_the_operators_newsletter(fenwick: Dealer) -> None:
    from allonce.kernel.legal.marketing.models import Contact
    from allonce.kernel.post.models import InstallContent, OutboxMail, PersonContent

    fenwick.closes(fenwick.talks("Hello", "Hi"))
    assert not Contact.objects.exists()
    addressed = [each.mail["to"] for each in [*PersonContent.objects.all(), *InstallContent.objects.all()]]
    assert "nia@post.example" not in addressed
    assert not OutboxMail.objects.filter(kind__startswith="marketing").exists()


@pytest.mark.promise("CHAT-NEWSLETTER")
def test_no_part_of_chat_touches_marketing() -> None:
    found = [
        (str(path.relative_to(CHAT)), name)
        for path in CHAT.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        for name in _imported(node)
        if "marketing" in name and name not in STORAGE
    ]
    assert not found


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names] if isinstance(node, ast.Import) else []
