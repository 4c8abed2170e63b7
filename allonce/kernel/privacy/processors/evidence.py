"""What the promises page says of processors and regions now."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.clock import now
from allonce.kernel.declarations import Evidence
from allonce.kernel.post.ports import connectors_in_use
from allonce.kernel.privacy.processors import gate, queries, residency
from allonce.kernel.privacy.processors.regions import region_name


def of_list() -> Evidence:
    """Whether every configured way out has its current entry."""
    unnamed = [each for each in connectors_in_use() if not queries.current_for(each)]
    count = len(queries.in_use())
    said = ngettext(
        "%(count)s processor is listed, and each configured way out is named by a current one.",
        "%(count)s processors are listed, and each configured way out is named by a current one.",
        count,
    )
    if unnamed:
        said = _("Nothing is sent by %(names)s: no current processor names it.")
    told = said % {"count": count, "names": ", ".join(unnamed)}
    return Evidence(told, now(), holds=not unnamed, link=reverse("processors:public"))


def of_regions() -> Evidence:
    """Whether everything lies where it may."""
    wrong = list(gate.obstacles())
    countries = sorted({region_name(each.country) for each in residency.storage_targets()})
    said = _("Data lies in: %(countries)s. Agreed: %(regions)s.")
    if wrong:
        said = _("Something lies outside the agreed regions, and the installation does not start with it.")
    regions = ", ".join(region_name(each) for each in settings.ALLOWED_REGIONS)
    told = said % {"countries": ", ".join(countries), "regions": regions}
    return Evidence(told, now(), holds=not wrong, link=reverse("processors:public"))
