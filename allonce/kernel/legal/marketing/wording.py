"""Sentences of this room that people agree to, and what its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.marketing.purposes import ConsentPurpose
from allonce.kernel.notices import Kind

NEWSLETTER = ConsentPurpose(
    code="marketing.newsletter",
    label=_("Newsletter"),
    says=_("News of the services, a few times a year, by email. Every one has a link that ends it with one click."),
    wordings=(_("Send me the newsletter by email. I can end it at any time."),),
    marketing=True,
)

NOTED = Kind(
    code="marketing.noted",
    label=_("Marketing choices noted for you"),
    says=_("When you tell us by telephone, post or email, or enquire or buy."),
    email=False,
)

ACTIONS = {
    "marketing.given": _("Agreed to something on the page of choices"),
    "marketing.withdrawn": _("Took an agreement back"),
    "marketing.objected": _("Objected to marketing"),
    "marketing.soft_opt_in": _("An enquiry or sale was noted for the newsletter"),
    "marketing.interest": _("A legitimate interest was relied on"),
    "marketing.looked_up": _("Staff looked an address up in the marketing choices"),
    "marketing.assessed": _("A legitimate interest was assessed"),
    "newsletter.written": _("Wrote a newsletter"),
    "newsletter.discarded": _("Discarded a newsletter"),
    "newsletter.tried": _("Sent a newsletter to themselves"),
    "newsletter.started": _("Started sending a newsletter"),
    "newsletter.stopped": _("Stopped a newsletter"),
}
