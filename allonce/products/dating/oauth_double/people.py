"""People of the demonstration's provider: each shows another way to come over."""

from typing import Any

from allonce.products.dating.oauth_double.book import Somebody


def _likes(*names: str) -> dict[str, Any]:
    return {"data": [{"name": name} for name in names]}


PEOPLE = {
    each.subject: each
    for each in (
        Somebody(
            "1001",
            "Nora: with a confirmed address, a picture and things she likes",
            {
                "first_name": "Nora",
                "birthday": "04/12/1994",
                "email": "nora@friends.example",
                "email_verified": True,
                "likes": _likes("York Hiking Club", "The Board Games Table", "Jazz Concerts in the North", "Tea"),
            },
            "Nora",
        ),
        Somebody(
            "1002",
            "Omar: without a confirmed address, so that a code comes by mail",
            {"first_name": "Omar", "birthday": "09/30/1990", "email": "omar@friends.example", "likes": _likes("Chess")},
            "Omar",
        ),
        Somebody("1003", "Pia: who tells her name alone", {"first_name": "Pia", "birthday": "1992"}),
        Somebody("1004", "Quin: seventeen years old", {"first_name": "Quin", "birthday": "01/01/2012"}),
    )
}
