"""What staff, reporters and people concerned fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.kernel.accounts.forms import HouseForm
from allonce.kernel.casework.kinds import Action
from allonce.kernel.casework.reports.cases import GROUNDS

LONGEST = 4000


def words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """A few sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=LONGEST, required=required)


class ReasonForm(HouseForm):
    reason = words(_("Reason"), _("Whoever the case is about reads this word for word."), rows=2)


class NoteForm(HouseForm):
    text = words(_("Note"), _("For colleagues. Whoever the case is about can ask for a copy of it."), rows=2)


class DecisionForm(HouseForm):
    """`revision` says which state of the case was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    action = forms.CharField(label=_("Decision"), widget=forms.Select)
    facts = words(_("Facts"), _("What happened, as far as it matters. No third person's name."), required=False)
    reason = words(_("Reason"), _("Why these facts lead to this decision, and under which rule."), required=False)

    def __init__(self, choices: list[Action], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The service says which are possible; the widget only offers them.
        self.fields["action"].widget.choices = [(each.code, each.label) for each in choices]


class AnswerForm(HouseForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("dismissed", _("The decision stands")), ("upheld", _("The appeal is right: undo the decision"))],
    )
    reason = words(_("Reason"), _("The person concerned reads it."))


class AppealForm(HouseForm):
    text = words(_("What is wrong with the decision?"), _("Facts we had wrong, a reason that does not fit, anything."))


class ReportForm(HouseForm):
    ground = forms.ChoiceField(label=_("What is wrong with it?"), choices=list(GROUNDS.items()))
    words = words(_("In your own words"), _("What you saw, and why it should not stand. Leave out names of others."))
