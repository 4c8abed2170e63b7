"""The Customer Portal: what a Client's people do there, each for their own account only."""

import io
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image
from pytest_django.fixtures import Settings

from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.products.chat.leads.models import Lead
from allonce.products.chat.leads.queries import settings_of
from allonce.products.chat.leads.tests.scene import FOCUS, NIA, Dealer, dealer
from allonce.products.chat.models import AgentProfile, ApiKey, CannedAnswer, ChatClient, Consumer, Department, Placement
from allonce.products.chat.services import set_up

pytestmark = [pytest.mark.django_db, pytest.mark.promise("CHAT-PORTAL")]
OF_MERCHANTS = (
    *("overview", "leads", "deliveries", "consumers", "placements", "placement_new", "agents", "department_new"),
    *("answer_new", "settings", "connections"),
)


def get(dealer_: Dealer, name: str, *args: object) -> str:
    answer = dealer_.who.client.get(reverse(f"chat_portal:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def post(dealer_: Dealer, page: str, /, *args: object, **given: object) -> Any:
    return dealer_.who.client.post(reverse(f"chat_portal:{page}", args=args), given)


def test_every_page_opens_for_the_owner_empty_and_with_data(fenwick: Dealer) -> None:
    for name in OF_MERCHANTS:
        get(fenwick, name)
    lead = fenwick.closes(fenwick.talks("Is it still there?", "It is.", "Good."))
    for name in OF_MERCHANTS:
        get(fenwick, name)
    assert "Is it still there?" in get(fenwick, "lead", lead.id)
    assert "Nia New" in get(fenwick, "consumer", lead.consumer_id)
    get(fenwick, "agent", fenwick.agent.id)
    get(fenwick, "placement", fenwick.placement.id)


def test_links_to_a_conversation_open_it_and_not_the_empty_console(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    there = f'href="/chat/inbox/#/c/{lead.conversation_id}"'
    for page in (get(fenwick, "overview"), get(fenwick, "lead", lead.id), get(fenwick, "consumer", lead.consumer_id)):
        assert there in page
        assert page.count("/chat/inbox/#") == page.count("/chat/inbox/#/c/")


def test_a_provider_has_its_own_pages_and_none_of_conversations(lists: tuple[Inhabitant, Any]) -> None:
    who, _client = lists
    for name in ("chat_portal:overview", "chat_portal:settings", "chat_portal:placements", "chat_reports:report"):
        assert who.client.get(reverse(name)).status_code == 200, name
    for name in ("leads", "consumers", "agents", "deliveries"):
        assert who.client.get(reverse(f"chat_portal:{name}")).status_code == 404, name
    assert who.client.get(reverse("chat_reports:talks_csv")).status_code == 404


def test_an_account_without_chat_sees_no_entry_and_no_page() -> None:
    other = people.owner("Bayside Blinds", "Ben Bay")
    assert "/chat/leads/" not in other.client.get("/account/").content.decode()
    assert other.client.get("/chat/").status_code == 403
    assert other.client.get("/chat/leads/").status_code == 404


def test_an_account_that_has_just_got_chat_says_what_it_is(fenwick: Dealer) -> None:
    from allonce.kernel.accounts import entitlements
    from allonce.kernel.audit import SYSTEM
    from allonce.kernel.clock import today

    new = people.owner("Bayside Motors", "Ben Bay")
    entitlements.grant(new.account.id, "chat", today(), actor=SYSTEM)
    assert new.client.post("/chat/", {"kind": "", "shown_name": "B"}).status_code == 422
    assert new.client.post("/chat/", {"kind": "merchant", "shown_name": "Bayside Motors"}).status_code == 302
    assert ChatClient.objects.get(account=new.account).kind == "merchant"
    assert new.client.get("/chat/").status_code == 200


def test_the_list_keeps_its_filter_and_finds_by_name_address_and_number(fenwick: Dealer) -> None:
    fenwick.leaves()
    assert "Nia New" in get(fenwick, "leads")
    for q, found in (
        ("nia", True),
        ("nia@post.example", True),
        ("+447400123456", True),
        ("focus", True),
        ("xx", False),
    ):
        page = fenwick.who.client.get("/chat/leads/", {"q": q, "kind": "offline"}).content.decode()
        assert ("Nia New</a>" in page) is found, q
        assert f'value="{q}"' in page


def test_a_lead_is_brought_forward_noted_merged_and_parted(fenwick: Dealer) -> None:
    first, second = fenwick.leaves(), fenwick.leaves(listing=FOCUS | {"id": "F-9"})
    assert post(fenwick, "lead_state", first.id, state="contacted").status_code == 302
    assert post(fenwick, "lead_note", first.id, note="Wants a test drive").status_code == 302
    assert post(fenwick, "lead_merge", second.id, into=first.id).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.note, second.duplicate_of_id) == ("contacted", "Wants a test drive", first.id)
    assert post(fenwick, "lead_part", second.id).status_code == 302
    second.refresh_from_db()
    assert second.duplicate_of_id is None
    assert post(fenwick, "lead_merge", second.id, into="nonsense").status_code == 404


def test_a_visitor_is_corrected_and_what_was_typed_wrong_is_not_lost(fenwick: Dealer) -> None:
    who = fenwick.leaves().consumer
    wrong = post(fenwick, "consumer", who.id, name="Nia Newton", email="nia@post.example", phone="12")
    assert wrong.status_code == 422
    assert 'value="Nia Newton"' in wrong.content.decode()
    assert Consumer.objects.get(pk=who.pk).name == "Nia New"
    assert post(fenwick, "consumer", who.id, name="Nia Newton", email="", phone="").status_code == 302
    changed = Consumer.objects.get(pk=who.pk)
    assert (changed.name, changed.email, changed.phone) == ("Nia Newton", None, None)


def test_a_visitor_is_deleted_with_everything(fenwick: Dealer) -> None:
    from allonce.kernel.messaging.models import Entry, Stream

    lead = fenwick.closes(fenwick.talks("Hello", "Hi"))
    assert post(fenwick, "consumer_delete", lead.consumer_id).status_code == 302
    assert not Consumer.objects.exists()
    assert not Lead.objects.exists()
    assert not Entry.objects.filter(stream_id=lead.conversation_id).exists()
    assert not Stream.objects.filter(pk=lead.conversation_id).exists()


def test_a_copy_of_what_is_held_holds_all_and_no_one_else(fenwick: Dealer) -> None:
    lead = fenwick.closes(fenwick.talks("Is it red?", "It is blue.", whisper="difficult"))
    fenwick.leaves("Somebody else", contact=NIA.__class__("Zed Zane", "zed@post.example"))
    told = post(fenwick, "consumer_copy", lead.consumer_id).content.decode()
    assert "It is blue." in told and "nia@post.example" in told
    assert "Zed Zane" not in told
    assert "difficult" not in told


def test_leads_are_taken_along_as_a_table_and_that_is_recorded(fenwick: Dealer) -> None:
    from allonce.kernel.audit.models import Entry

    fenwick.leaves("=1+1 is it red?")
    table = post(fenwick, "leads_csv").content.decode()
    assert "'=1+1 is it red?" in table
    assert Entry.objects.filter(action="chat.leads_exported", account_id=fenwick.account.id).exists()


def test_a_placement_is_changed_at_once_and_faults_stand_beside_their_fields(fenwick: Dealer) -> None:
    page = get(fenwick, "placement", fenwick.placement.id)
    assert f"/w/{fenwick.placement.key}.js" in page
    given = {
        "title": "Every page",
        "label": "Ask us",
        "icon": "car",
        "colour": "#aa2200",
        "size": "large",
        "position": "left",
        "theme": "dark",
        "sites": "https://fenwick.example",
        "dropin_delay": "5",
        "dropin_limit": "2",
        "dropin_span_minutes": "60",
    }
    wrong = post(fenwick, "placement", fenwick.placement.id, **given | {"sites": "ftp://x"})
    assert wrong.status_code == 422
    assert "Ask us" in wrong.content.decode()
    assert post(fenwick, "placement", fenwick.placement.id, **given).status_code == 302
    changed = Placement.objects.get(pk=fenwick.placement.pk)
    assert (changed.label, changed.icon, changed.sites) == ("Ask us", "car", ["https://fenwick.example"])
    assert "Ask us" in fenwick.who.client.post(reverse("chat_portal:placement_preview"), given).content.decode()
    assert post(fenwick, "placement_hide", fenwick.placement.id).status_code == 302
    assert Placement.objects.get(pk=fenwick.placement.pk).hidden_at
    assert post(fenwick, "placement_show", fenwick.placement.id).status_code == 302
    assert Placement.objects.get(pk=fenwick.placement.pk).hidden_at is None


def test_settings_are_kept_part_by_part(fenwick: Dealer) -> None:
    sent = {
        "leads-lead_addresses": "a@fenwick.example; b@fenwick.example",
        "leads-transcript_addresses": "",
        "leads-awaiting_addresses": "late@fenwick.example",
        "leads-awaiting_hour": "18",
    }
    wrong = post(fenwick, "settings_part", "leads", **sent | {"leads-transcript_addresses": "nobody"})
    assert wrong.status_code == 422
    assert "nobody is no email address" in wrong.content.decode()
    assert "a@fenwick.example; b@fenwick.example" in wrong.content.decode()
    assert post(fenwick, "settings_part", "leads", **sent).status_code == 302
    kept = settings_of(fenwick.account.id)
    assert (kept.lead_addresses, kept.awaiting_hour) == ("a@fenwick.example; b@fenwick.example", 18)
    keeping = {"keeping-retention_days": "90", "keeping-blocked_words": "spam\nscam"}
    assert post(fenwick, "settings_part", "keeping", **keeping).status_code == 302
    business = {"business-shown_name": "Fenwick", "business-zone": "Europe/London", "business-ring_seconds": "60"}
    business |= {"business-away_minutes": "10", "business-leave_seconds": "5"}
    assert post(fenwick, "settings_part", "business", **business).status_code == 422
    assert post(fenwick, "settings_part", "business", **business | {"business-leave_seconds": "45"}).status_code == 302
    assert ChatClient.objects.get(account=fenwick.account).leave_seconds == 45
    hours = {"hours-opens_0": "09:00", "hours-closes_0": "17:30", "hours-opens_1": "09:00"}
    assert post(fenwick, "settings_part", "hours", **hours).status_code == 422
    assert post(fenwick, "settings_part", "hours", **hours | {"hours-opens_1": ""}).status_code == 302
    client = ChatClient.objects.get(account=fenwick.account)
    assert (client.retention_days, client.blocked_words) == (90, ["spam", "scam"])
    assert client.hours == {"0": ["09:00", "17:30"]}
    assert post(fenwick, "settings_part", "nothing").status_code == 404


def test_a_notice_and_the_link_to_the_policy_are_the_clients_own(fenwick: Dealer) -> None:
    given = {"notice-notice": "We answer you.", "notice-notice_url": "javascript:alert(1)"}
    assert post(fenwick, "settings_part", "notice", **given).status_code == 422
    given["notice-notice_url"] = "https://fenwick.example/privacy"
    assert post(fenwick, "settings_part", "notice", **given).status_code == 302
    assert ChatClient.objects.get(account=fenwick.account).notice == "We answer you."


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(made, "PNG")
    made.seek(0)
    made.name = "me.png"
    return made


def test_an_agent_is_invited_shown_and_put_aside(fenwick: Dealer) -> None:
    from allonce.kernel.accounts.models import Invitation

    assert post(fenwick, "agent_invite", email="new@fenwick.example").status_code == 302
    assert Invitation.objects.get(account=fenwick.account).role == "agent"
    colleague = people.colleague(fenwick.who, Role.AGENT, "carl@fenwick.example")
    member = colleague.person.memberships.get()
    assert post(fenwick, "agent_add", member.pk).status_code == 302
    profile = AgentProfile.objects.get(person=colleague.person)
    given = {"name": "Carl", "routing": "forward_only", "limit": "3", "mobile": ""}
    assert post(fenwick, "agent", profile.id, **given | {"limit": "99"}).status_code == 422
    assert post(fenwick, "agent", profile.id, **given).status_code == 302
    assert post(fenwick, "agent_picture", profile.id, picture=picture()).status_code == 302
    profile.refresh_from_db()
    assert (profile.routing, profile.limit, profile.picture is not None) == ("forward_only", 3, True)
    with Image.open(io.BytesIO(set_up.picture_of(profile))) as face:
        assert face.size == (200, 200), "visitors see it in a circle"
    assert post(fenwick, "agent_hide", profile.id).status_code == 302
    assert post(fenwick, "agent", profile.id, **given).status_code == 404


def test_departments_and_prepared_answers_come_and_go(fenwick: Dealer) -> None:
    assert post(fenwick, "department_new", title="Service").status_code == 302
    assert post(fenwick, "department_new", title="Service").status_code == 422
    assert post(fenwick, "department_delete", Department.objects.get().id).status_code == 302
    assert post(fenwick, "answer_new", shortcut="hours", title="Hours", text="{nonsense}").status_code == 422
    assert (
        post(fenwick, "answer_new", shortcut="hours", title="Hours", text="9 to 5, {visitor_name}").status_code == 302
    )
    assert post(fenwick, "answer_delete", CannedAnswer.objects.get().id).status_code == 302


def test_keys_and_secrets_are_shown_once(fenwick: Dealer, settings: Settings) -> None:
    made = post(fenwick, "key_new", label="Our stock system")
    key = ApiKey.objects.get()
    assert f"ak_{key.id.hex}_" in made.content.decode()
    assert f"ak_{key.id.hex}_" not in get(fenwick, "connections")
    assert post(fenwick, "key_revoke", key.id).status_code == 302
    assert post(fenwick, "endpoint_new", url="http://10.0.0.1/x").status_code == 422


def test_a_logo_is_encoded_afresh_shown_in_the_chat_and_dropped(fenwick: Dealer) -> None:
    path = reverse("chat_portal:logo_file", args=[fenwick.client.public_id])
    frame = f"/w/{fenwick.placement.key}/frame"
    assert post(fenwick, "logo", logo=picture()).status_code == 302
    assert fenwick.who.client.get(path).content.startswith(b"\x89PNG")
    assert path in fenwick.who.client.get(frame).content.decode()
    assert post(fenwick, "logo").status_code == 302
    assert fenwick.who.client.get(path).status_code == 404
    assert path not in fenwick.who.client.get(frame).content.decode()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AGENT])
def test_who_may_not_write_changes_nothing(fenwick: Dealer, role: Role) -> None:
    lead = fenwick.leaves()
    other = people.colleague(fenwick.who, role, "col@fenwick.example")
    for name, args in (("lead_state", [lead.id]), ("consumer_delete", [lead.consumer_id]), ("leads_csv", [])):
        answer = other.client.post(reverse(f"chat_portal:{name}", args=args), {"state": "won"})
        assert answer.status_code == 404, name
    assert other.client.get("/chat/leads/").status_code == (200 if role == Role.VIEWER else 404)
    lead.refresh_from_db()
    assert lead.state == "new"


@pytest.mark.promise("CHAT-PURPOSE-LIMIT")
def test_another_client_finds_nothing_of_it_at_any_address(fenwick: Dealer) -> None:
    lead = fenwick.leaves()
    rival = dealer("Harbour Motors", "Hal Harbour")
    places = [("lead", lead.id), ("consumer", lead.consumer_id), ("placement", fenwick.placement.id)]
    places += [("agent", fenwick.agent.id)]
    for name, key in places:
        assert rival.who.client.get(reverse(f"chat_portal:{name}", args=[key])).status_code == 404, name
    for name in ("lead_state", "lead_note", "lead_part", "lead_write", "lead_text", "lead_call", "lead_consent"):
        given = {"state": "won", "note": "x", "mail-text": "x", "sms-text": "x"}
        assert rival.who.client.post(reverse(f"chat_portal:{name}", args=[lead.id]), given).status_code == 404, name
    for name in ("consumer_delete", "consumer_stop", "consumer_allow", "consumer_copy"):
        assert rival.who.client.post(reverse(f"chat_portal:{name}", args=[lead.consumer_id])).status_code == 404, name
    assert "Nia New" not in rival.who.client.get("/chat/leads/", {"q": "nia@post.example"}).content.decode()
    assert "Nia New" not in rival.who.client.get("/chat/consumers/", {"q": "nia"}).content.decode()


@pytest.mark.promise("CHAT-ENFORCEMENT")
def test_the_policy_page_states_each_principle_its_place_and_the_recourse(settings: Settings) -> None:
    from django.test import Client

    settings.RECOURSE = "Trade Ombudsman; 1 High Street, London; https://ombudsman.example"
    page = Client().get("/chat/principles/").content.decode()
    for code in ("notice", "choice", "onward", "security", "integrity", "access", "enforcement", "recourse"):
        assert f'id="{code}"' in page, code
    assert "Trade Ombudsman" in page and "https://ombudsman.example" in page
    settings.RECOURSE = ""
    assert "Information Commissioner" in Client().get("/chat/principles/").content.decode()
