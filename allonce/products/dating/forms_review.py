"""What members fill in after a real date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm
from allonce.products.dating.reading import ASKED, SAID

LONGEST = 2000


class ReviewForm(HouseForm):
    """Each question with the same three answers, then one's own words."""

    def more_fields(self) -> dict[str, forms.Field]:
        """The questions that staff read, too."""
        asked: dict[str, forms.Field] = {name: _question(text) for name, text in ASKED.items()}
        words = forms.CharField(
            label=_("In your own words"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("Whatever you would like us to know. Only a person of the staff reads it."),
        )
        return {**asked, "words": words}

    @property
    def questions(self) -> list[Any]:
        """The fields of the questions, in order."""
        return [self[name] for name in ASKED]


def _question(text: Any) -> forms.ChoiceField:
    missing = _("Choose one; “Not sure” is an answer, too.")
    return forms.ChoiceField(
        label=text, choices=list(SAID.items()), widget=forms.RadioSelect, error_messages={"required": missing}
    )
