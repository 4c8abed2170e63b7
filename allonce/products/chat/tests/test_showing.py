"""What a foreign page gets: one script, one frame, the business's notice before the first word, and presence."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from allonce.kernel.audit import SYSTEM
from allonce.kernel.post import sms
from allonce.products.chat.models import HourlyCount
from allonce.products.chat.services import counting, placing, set_up
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Merchant, Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_moment", "widget")]


def loaded(visitor: Visitor) -> dict[str, Any]:
    """The configuration in the button's script."""
    answer = visitor.browser.get(f"/w/{visitor.placement.key}.js?m={visitor.m}")
    text = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    before = "(function($allonce){window.given=$allonce})("
    assert text.startswith(before) and text.endswith(");")
    found: dict[str, Any] = json.loads(text.removeprefix(before).removesuffix(");"))
    return found


def framed(visitor: Visitor) -> tuple[dict[str, Any], Any]:
    """The configuration in the frame, and the answer."""
    answer = visitor.browser.get(f"/w/{visitor.placement.key}/frame?m={visitor.m}")
    assert answer.status_code == 200
    text = answer.content.decode().split('<script id="config" type="application/json">')[1].split("</script>")[0]
    return json.loads(text), answer


@pytest.mark.promise("CHAT-LAUNCH")
def test_one_script_brings_the_button_and_says_whether_somebody_answers(fenwick: Merchant, visitor: Visitor) -> None:
    given = {"label": "Ask us", "offline_label": "Leave a message", "colour": "#123456", "position": "left"}
    placing.save_placement(fenwick.client, fenwick.placement, given, actor=SYSTEM)
    config = loaded(visitor)
    assert config["online"] is False and config["origin"] == "http://testserver"
    assert {name: config[name] for name in given} == given
    fenwick.agent("Ada")
    assert loaded(visitor)["online"] is True


@pytest.mark.promise("CHAT-LAUNCH")
def test_the_button_on_a_providers_page_is_the_listed_merchants(fenwick: Merchant) -> None:
    at_index = scene.list_at(scene.provider(), fenwick)
    fenwick.agent("Ada")
    assert loaded(at_index)["online"] is True
    config, _answer = framed(at_index)
    assert config["merchant"] == "Fenwick Cars"


def test_a_change_of_the_placement_shows_without_touching_the_site(fenwick: Merchant, visitor: Visitor) -> None:
    loaded(visitor)
    placing.save_placement(fenwick.client, fenwick.placement, {"icon": "car", "dropin": True}, actor=SYSTEM)
    config = loaded(visitor)
    assert config["icon"] == "car"
    assert config["dropin"] == {"delay": 15, "limit": 3, "span_minutes": 60, "text": ""}


def test_nothing_that_a_business_writes_can_leave_the_script_or_the_page(fenwick: Merchant, visitor: Visitor) -> None:
    hostile = "</script><script>alert(1)</script>\u2028'\"`&"
    given = {"label": hostile, "greeting": hostile, "dropin_text": hostile}
    placing.save_placement(fenwick.client, fenwick.placement, given, actor=SYSTEM)
    set_up.save_client(fenwick.client, {"shown_name": hostile, "notice": hostile}, actor=SYSTEM)
    script = visitor.browser.get(f"/w/{visitor.placement.key}.js").content.decode()
    assert "</script" not in script and "\u2028" not in script
    config, answer = framed(visitor)
    assert answer.content.decode().count("<script>alert") == 0
    assert "<script>alert(1)" in config["notice"], "the words themselves are as they were written"


def test_a_script_for_a_placement_that_is_not_there_says_so_to_the_webmaster(fenwick: Merchant) -> None:
    for path in ("/w/nothing-like-this.js", "/w/x'%22);alert(1);.js"):
        answer = Client().get(path)
        assert answer.status_code == 200 and answer.content.startswith(b"console.warn(")
        assert b"alert(1)" not in answer.content


@pytest.mark.promise("CHAT-DIRECTION")
@pytest.mark.parametrize("page", ["frame", "open"])
def test_the_businesss_own_notice_stands_in_the_chat_before_anything_is_sent(
    fenwick: Merchant, visitor: Visitor, page: str
) -> None:
    given = {"notice": "Fenwick keeps this for a year.", "notice_url": "https://fenwick.example/privacy"}
    set_up.save_client(fenwick.client, given, actor=SYSTEM)
    text = visitor.browser.get(f"/w/{visitor.placement.key}/{page}").content.decode()
    assert given["notice"] in text and given["notice_url"] in text


@pytest.mark.promise("CHAT-DIRECTION")
@pytest.mark.parametrize(("days", "said"), [(365, "a year"), (730, "2 years"), (90, "90 days"), (1, "1 day")])
def test_a_notice_that_says_how_long_follows_the_setting(
    fenwick: Merchant, visitor: Visitor, days: int, said: str
) -> None:
    given = {"notice": "Kept for {kept_for}.", "retention_days": days}
    set_up.save_client(fenwick.client, given, actor=SYSTEM)
    config, _answer = framed(visitor)
    assert config["notice"] == f"Kept for {said}."


@pytest.mark.promise("CHAT-DIRECTION")
def test_without_a_notice_of_its_own_the_chat_says_who_gets_what_is_written(visitor: Visitor) -> None:
    config, _answer = framed(visitor)
    assert "Fenwick Cars" in config["notice"]


@pytest.mark.promise("CHAT-DIRECTION")
def test_on_a_providers_page_it_is_the_merchants_notice_that_stands_there(fenwick: Merchant) -> None:
    set_up.save_client(fenwick.client, {"notice": "Fenwick keeps this for a year."}, actor=SYSTEM)
    index = scene.provider()
    set_up.save_client(index.client, {"notice": "Quayside's words."}, actor=SYSTEM)
    config, _answer = framed(scene.list_at(index, fenwick))
    assert config["notice"] == "Fenwick keeps this for a year."


def test_only_the_sites_of_a_placement_may_show_its_frame() -> None:
    fenwick = scene.merchant(sites=["https://www.fenwick.example", "fenwick.example:8443"])
    _config, answer = framed(Visitor(fenwick.placement))
    rule = next(each for each in answer["Content-Security-Policy"].split("; ") if each.startswith("frame-ancestors"))
    assert rule == "frame-ancestors https://www.fenwick.example https://fenwick.example:8443 'self'"
    assert "X-Frame-Options" not in answer


def test_a_placement_without_sites_may_be_shown_anywhere_and_the_whole_page_in_no_frame(visitor: Visitor) -> None:
    _config, answer = framed(visitor)
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    whole = visitor.browser.get(f"/w/{visitor.placement.key}/open")
    assert "frame-ancestors 'none'" in whole["Content-Security-Policy"] and whole["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "site",
    [
        "https://a.example; script-src *",
        "a b",
        "javascript:alert(1)",
        "https://u:p@a.example",
        "https://bücher.example",
    ],
)
def test_a_site_that_is_no_origin_is_refused(fenwick: Merchant, site: str) -> None:
    with pytest.raises(set_up.Unfit):
        placing.save_placement(fenwick.client, fenwick.placement, {"sites": [site]}, actor=SYSTEM)


def test_what_is_shown_is_counted_for_both_sides_and_names_nobody(fenwick: Merchant) -> None:
    index = scene.provider()
    at_index = scene.list_at(index, fenwick)
    loaded(at_index)
    fenwick.agent("Ada")
    loaded(at_index)
    loaded(at_index)
    framed(at_index)
    counting.flush()
    at_index.write()
    for mine, other in ((fenwick, index), (index, fenwick)):
        rows = HourlyCount.objects.filter(account=mine.account, peer_id=other.account.id)
        counted = dict(rows.values_list("kind", "count"))
        assert counted == {"shown_offline": 1, "shown_online": 2, "opened": 1, "started": 1}


def test_the_words_of_the_nearest_language_come_with_the_frame(
    fenwick: Merchant, visitor: Visitor, widget: Path
) -> None:
    (widget / "languages" / "fr.json").write_text(json.dumps({"frame": {"send": "Envoyer"}, "direction": "ltr"}))
    for language, word in (("en", "Send"), ("fr-CA", "Envoyer"), ("xx", "Send"), ("../../x", "Send")):
        placing.save_placement(fenwick.client, fenwick.placement, {"language": language}, actor=SYSTEM)
        assert framed(visitor)[0]["texts"]["send"] == word


def presence(**asked: str) -> Any:
    return Client().get("/api/chat/v1/presence", asked)


def test_partners_learn_whether_somebody_answers_as_json_and_as_a_script(fenwick: Merchant) -> None:
    index = scene.provider()
    scene.list_at(index, fenwick, "D-17")
    key = index.placement.key
    assert presence(placement=key, merchant="D-17").json()["online"] is False
    fenwick.agent("Ada")
    answer = presence(placement=key, merchant="D-17", provider=index.client.public_id)
    assert answer.json() == {"online": True, "placement": key, "merchant": "D-17"}
    assert answer["Access-Control-Allow-Origin"] == "*"
    script = presence(placement=key, merchant="D-17", callback="Site.PresenceCallback")
    assert script["Content-Type"].startswith("text/javascript")
    assert script.content.decode().startswith('/**/Site.PresenceCallback({"online":true')
    assert presence(placement=key, merchant="D-18").json()["online"] is False
    assert presence(placement=key, merchant="D-17", provider="somebody-else").json()["online"] is False


@pytest.mark.parametrize("callback", ["alert(1)//", "a b", "x;y", "a[0]", "é", "a." * 9 + "b", "<script>"])
def test_a_callback_that_is_no_plain_name_is_refused(fenwick: Merchant, callback: str) -> None:
    answer = presence(placement=fenwick.placement.key, callback=callback)
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"


def test_what_is_asked_comes_back_only_as_data(fenwick: Merchant) -> None:
    said = presence(placement="</script><script>alert(1)", callback="cb").content.decode()
    assert "<script>" not in said


def test_a_key_lets_a_partner_whisper_and_a_revoked_one_does_not(fenwick: Merchant, visitor: Visitor) -> None:
    visitor.write()
    key, shown = placing.make_key(fenwick.client, "Website", actor=SYSTEM)
    path = f"/api/chat/v1/conversations/{visitor.conversation_id}/whisper"

    def whispered(token: str) -> int:
        body = json.dumps({"text": "Was here last week"})
        headers = {"Authorization": f"Bearer {token}"}
        return Client().post(path, body, content_type="application/json", headers=headers).status_code

    assert whispered(shown) == 200
    assert scene.entries(visitor.conversation_id, "whisper")[0][2] == {
        "text": "Was here last week",
        "links": [],
        "from": "Website",
    }
    _other, others = placing.make_key(scene.merchant("Bayside Motors", "Mo Bay").client, "x", actor=SYSTEM)
    assert whispered(others) == 404
    for forged in ("", "x", shown[:-1], shown + "x", f"ak_{'0' * 32}_x", f"ak_{'z' * 32}_x"):
        assert whispered(forged) == 401
    placing.revoke_key(fenwick.client, key.id, actor=SYSTEM)
    assert whispered(shown) == 401
    assert shown not in repr(key.__dict__), "the key itself is not kept"


def test_texting_is_offered_only_where_the_business_has_a_number(
    fenwick: Merchant, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert framed(visitor)[0]["texting"] is False
    own = {fenwick.account.id: "+447400000001"}
    monkeypatch.setattr(sms, "number_of", lambda account_id: own.get(account_id, ""), raising=False)
    assert framed(visitor)[0]["texting"] is False
    monkeypatch.setattr(sms, "sms_offered", lambda: True, raising=False)
    assert framed(visitor)[0]["texting"] is True
