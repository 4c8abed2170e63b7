"""Words that members choose from: interests and questions. Codes stand in rows and never change their meaning."""

from django.utils.translation import gettext_lazy as _

# At most 64: the pairing index keeps them as bits, in this order. Add at the end only.
INTERESTS = {
    "cooking": _("Cooking"),
    "eating_out": _("Eating out"),
    "wine": _("Wine"),
    "coffee": _("Coffee"),
    "hiking": _("Hiking"),
    "running": _("Running"),
    "cycling": _("Cycling"),
    "swimming": _("Swimming"),
    "climbing": _("Climbing"),
    "football": _("Football"),
    "yoga": _("Yoga"),
    "dancing": _("Dancing"),
    "cinema": _("Cinema"),
    "theatre": _("Theatre"),
    "museums": _("Museums"),
    "concerts": _("Concerts"),
    "making_music": _("Making music"),
    "reading": _("Reading"),
    "writing": _("Writing"),
    "photography": _("Photography"),
    "painting": _("Painting"),
    "gardening": _("Gardening"),
    "animals": _("Animals"),
    "travel": _("Travel"),
    "camping": _("Camping"),
    "sailing": _("Sailing"),
    "board_games": _("Board games"),
    "video_games": _("Video games"),
    "languages": _("Languages"),
    "science": _("Science"),
    "volunteering": _("Volunteering"),
    "crafts": _("Crafts"),
    "history": _("History"),
    "markets": _("Markets"),
    "sauna": _("Sauna"),
    "series": _("Series"),
}
QUESTIONS = {
    "sunday": _("A perfect Sunday"),
    "laugh": _("What makes me laugh"),
    "table": _("At my table there is always"),
    "learn": _("Something I am learning"),
    "first": _("A good first date"),
    "proud": _("A small thing I am proud of"),
    "song": _("A song I never skip"),
    "never": _("I will never tire of"),
}
MOST_INTERESTS = 8
MOST_ANSWERS = 3
