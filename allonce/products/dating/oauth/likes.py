"""Interests of ours in what somebody likes elsewhere, found by words alone. The member checks them."""

import re
from collections.abc import Iterable

from allonce.products.dating.words import INTERESTS, MOST_INTERESTS

# Words that name an interest of ours. What is not here is not guessed.
WORDS = {
    "cooking": "cooking cook recipes recipe baking",
    "eating_out": "restaurant restaurants bistro brunch",
    "wine": "wine wines winery vineyard",
    "coffee": "coffee espresso cafe café",
    "hiking": "hiking hike hikes hikers walking trails",
    "running": "running runners marathon parkrun jogging",
    "cycling": "cycling cyclists bicycle bike bikes",
    "swimming": "swimming swimmers",
    "climbing": "climbing climbers bouldering",
    "football": "football soccer",
    "yoga": "yoga pilates",
    "dancing": "dancing dance salsa tango ballet",
    "cinema": "cinema film films movie movies",
    "theatre": "theatre theater drama",
    "museums": "museum museums gallery galleries",
    "concerts": "concert concerts festival festivals gigs",
    "making_music": "guitar piano cello violin choir singing",
    "reading": "reading books book bookshop literature novels",
    "writing": "writing writers poetry",
    "photography": "photography photographers camera",
    "painting": "painting watercolour watercolor drawing",
    "gardening": "gardening gardeners garden allotment",
    "animals": "animals dogs cats horses wildlife",
    "travel": "travel travelling traveling backpacking",
    "camping": "camping campers campsite",
    "sailing": "sailing sailors yacht",
    "board_games": "chess boardgames",
    "video_games": "videogames nintendo playstation xbox",
    "languages": "languages linguistics",
    "science": "science physics astronomy",
    "volunteering": "volunteering volunteers charity",
    "crafts": "crafts knitting pottery sewing woodwork",
    "history": "history archaeology heritage",
    "markets": "market markets flea",
    "sauna": "sauna",
    "series": "series",
}
# Interests whose name is two words.
PHRASES = {"board_games": "board games", "video_games": "video games", "eating_out": "eating out"}


def interests_in(likes: Iterable[str]) -> list[str]:
    """Codes of interests that the likes name by a whole word, those named most often first, eight at most."""
    counts = dict.fromkeys(INTERESTS, 0)
    for like in likes:
        words = re.findall(r"\w+", like.casefold())
        line = " ".join(words)
        for code in INTERESTS:
            by_word = not set(words).isdisjoint(WORDS.get(code, "").split())
            counts[code] += by_word or PHRASES.get(code, "\n") in line
    named = sorted((code for code in counts if counts[code]), key=lambda code: -counts[code])
    return named[:MOST_INTERESTS]
