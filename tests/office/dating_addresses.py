"""Every named address of Dating: a page that people look at, or why it is none."""

from tests.office.links import Link

PUBLIC: dict[str, str | Link] = {
    "dating:landing": "/dating/",
    "dating:join": "/dating/join/",
}
MEMBER: dict[str, str | Link] = {
    "dating:today": "/dating/today/",
    "dating:matches": "/dating/matches/",
    "dating:you": "/dating/you/",
    "dating:words": "/dating/you/words/",
    "dating:who": "/dating/you/who/",
    "dating:hopes": "/dating/you/hopes/",
    "dating:withdraw": "/dating/you/who/withdraw/",
    "dating:next": "/dating/next/",
    "dating:instant": "/dating/now/",
    "dating:crowns": "/dating/crowns/",
    "dating:blocked": "/dating/you/blocked/",
    "dating:contacts": "/dating/you/contacts/",
    "dating:incognito": "/dating/you/incognito/",
    "dating:selfie": "/dating/you/selfie/",
    "dating:travel": "/dating/you/travel/",
    "dating:safety": "/dating/safety/",
    "dating:plans": "/dating/safety/plans/",
    "dating:complain": "/dating/safety/complain/",
}
NOT_PAGES: dict[str, str] = {
    "dating:provider": "there is one only with a provider; see tests/journeys/test_dating_provider.py",
    "dating:provider_back": "answers a provider; held against the rules in tests/journeys/test_dating_provider.py",
    "dating:provider_check": "a part of dating:provider_back",
    "dating:provider_code": "opens once a code was mailed; the same as dating:codes",
    "dating:codes": "looked at in tests/journeys/test_dating.py, where somebody joins",
    "dating:start": "looked at in tests/journeys/test_dating.py, where somebody joins",
    "dating:chat": "looked at in tests/journeys/test_dating.py, where two match",
    "dating:match_profile": "looked at in tests/journeys/test_dating.py, where two match",
    "dating:unmatch": "looked at in tests/journeys/test_dating.py, where two match",
    "dating:suggested": "looked at in tests/journeys/test_dating.py, where somebody is chosen",
    "dating:review": "opens with a match; see test_reviews.py",
    "dating:report": "looked at in tests/journeys/test_dating.py, where one is reported",
    "dating:block": "looked at in tests/journeys/test_dating.py, where one is blocked",
    "dating:evidence": "a page of a case that is open to staff; see test_evidence.py",
    "dating:shortlist": "opens with a member who waits and a reason; see test_matchmaking.py",
    "dating:plan": "looked at in tests/journeys/test_dating.py, where a date is shared",
    "dating:standing": "leads to the day's date unless somebody is suspended; see test_standing.py",
    "dating:towns": "a part of dating:hopes",
    "dating:photo": "a picture",
    "dating:enclosure": "a picture or a recording",
}
PRESSED = (
    "like pass write_first decline rate instant_stop add_photo first_photo remove_photo pause come_back unlink "
    "unblock remove_plan contacts_remove enclose show_enclosure "
    "travel_cancel selfie_ask selfie_withdraw review_met review_take_back "
    "shortlist_pick shortlist_undo"
)
ONLY_TAKES_A_PRESS = {f"dating:{name}" for name in PRESSED.split()}


def listed_names() -> set[str]:
    """Names of all addresses listed here."""
    return {*PUBLIC, *MEMBER, *NOT_PAGES, *ONLY_TAKES_A_PRESS}
