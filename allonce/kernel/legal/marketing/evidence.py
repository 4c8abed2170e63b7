"""What this room can show, now, of the promises it keeps."""

from django.urls import reverse
from django.utils.translation import gettext as _

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence, register_evidence
from allonce.kernel.legal.marketing import cookies
from allonce.kernel.legal.marketing.models import Basis, Change, Channel, Copy, Preference
from allonce.kernel.legal.marketing.purposes import ALL

STAFF_CHANNELS = (Channel.TELEPHONE, Channel.POST, Channel.EMAIL)


def register_all() -> None:
    """Let each source speak for its promise."""
    register_evidence("PRIV-COOKIES", of_cookies)
    register_evidence("PRIV-ANONYMOUS-SITE", of_anonymous_pages)
    register_evidence("PRIV-OPT-IN-LIST", of_the_list)
    register_evidence("PRIV-UNSUBSCRIBE-CHANNELS", of_channels)


def of_cookies() -> Evidence:
    """How much is kept on devices, and that the optional part is asked for."""
    kept = cookies.everything_kept()
    optional = sum(each.category != "necessary" for each in kept)
    says = _("%(all)d things are kept on devices, %(optional)d of them only after somebody said yes.")
    return Evidence(says % {"all": len(kept), "optional": optional}, at=now(), link=reverse("marketing:cookies"))


def of_anonymous_pages() -> Evidence:
    """That the reader of the promises page is the proof."""
    says = _("You read this page without an account; it set no cookie. The cookies of pages with a form are listed.")
    return Evidence(says, at=now(), link=reverse("marketing:cookies"))


def of_the_list() -> Evidence:
    """How many may be written to, on what basis, and whether anybody was written to against an objection."""
    rows = Preference.objects.exclude(purpose=ALL).filter(purpose__startswith="marketing.")
    on_list = rows.filter(objected_at=None).exclude(basis=Basis.NONE)
    figures = {
        "consent": on_list.filter(basis=Basis.CONSENT).count(),
        "soft": on_list.filter(basis=Basis.SOFT_OPT_IN).count(),
        "interest": on_list.filter(basis=Basis.INTEREST).count(),
        "sent": Copy.objects.count(),
    }
    says = _(
        "On the list: %(consent)d by consent, %(soft)d by enquiry or sale, %(interest)d by a legitimate interest. "
        "Letters of the last year: %(sent)d, each with its own link out."
    )
    return Evidence(
        says % figures, at=now(), holds=not rows.exclude(objected_at=None).exclude(basis=Basis.NONE).exists()
    )


def of_channels() -> Evidence:
    """How choices reached us."""
    figures = {
        "link": Change.objects.filter(channel=Channel.LINK).count(),
        "form": Change.objects.filter(channel=Channel.FORM).count(),
        "staff": Change.objects.filter(channel__in=STAFF_CHANNELS).count(),
    }
    says = _("Choices on record: %(link)d by link, %(form)d by form, %(staff)d by telephone, post or email.")
    return Evidence(says % figures, at=now(), link=reverse("marketing:leave"))
