"""What the room's audit actions mean, in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "case.opened": _("Opened a case"),
    "case.evidence_added": _("Added to an open case"),
    "case.taken_on": _("Took the case on"),
    "case.noted": _("Left a note"),
    "case.held": _("Held the case beyond its time"),
    "case.released": _("No longer held the case"),
    "case.proposed": _("Proposed a decision"),
    "case.decided": _("Decided the case"),
    "case.confirmed": _("Confirmed a colleague's decision"),
    "case.sent_back": _("Sent a proposed decision back"),
    "case.appealed": _("Appealed against the decision"),
    "case.appeal_upheld": _("Upheld the appeal: the decision is undone"),
    "case.appeal_dismissed": _("Dismissed the appeal: the decision stands"),
}
