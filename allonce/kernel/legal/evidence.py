"""Live evidence for the promises of this room."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel.audit.models import Entry
from allonce.kernel.clock import now, today
from allonce.kernel.declarations import Evidence
from allonce.kernel.legal import queries
from allonce.kernel.legal.ages import RULES
from allonce.kernel.legal.authority import authority
from allonce.kernel.legal.documents import documents, to_agree
from allonce.kernel.legal.models import Acceptance, Version
from allonce.kernel.legal.roles import roles


def acceptance() -> Evidence:
    """How many agreed, and to how many texts agreement is asked."""
    count = Acceptance.objects.count()
    last = Acceptance.objects.order_by("-at").first()
    says = ngettext(
        "%(count)s agreement is recorded with person, version and time.",
        "%(count)s agreements are recorded with person, version and time.",
        count,
    )
    holds = all(queries.current(each.slug) for each in to_agree("everybody"))
    return Evidence(says % {"count": count}, last.at if last else None, holds, reverse("legal:library"))


def versions() -> Evidence:
    """Whether every published text still reads as the audit record says it did."""
    rows = list(Version.objects.all())
    recorded = {
        entry.target: entry.data.get("digest")
        for entry in Entry.objects.filter(target__in=[f"legal.Version:{row.pk}" for row in rows])
        if entry.action == "legal.published"
    }
    same = sum(row.is_as_published and recorded.get(f"legal.Version:{row.pk}") == row.digest for row in rows)
    says = _("%(same)s of %(all)s published versions read exactly as they were recorded when published.")
    last = max((row.published_at for row in rows), default=None)
    return Evidence(says % {"same": same, "all": len(rows)}, last, same == len(rows), reverse("legal:library"))


def copies() -> Evidence:
    """How many agreements had their copy sent."""
    sent = Acceptance.objects.exclude(copy_sent_at=None).count()
    total = Acceptance.objects.count()
    says = _("The exact version went out as PDF for %(sent)s of %(all)s agreements.")
    # A copy leaves within minutes; one that waits for an hour is late.
    late = Acceptance.objects.filter(copy_sent_at=None, at__lt=now() - timedelta(hours=1)).exists()
    return Evidence(says % {"sent": sent, "all": total}, now(), not late)


def ages() -> Evidence:
    """The rules in force."""
    rules = [f"{rule.service} {rule.years}" for rule in RULES if rule.since <= today()]
    return Evidence(_("Least ages in force: %(rules)s.") % {"rules": ", ".join(rules)}, now(), bool(rules))


def language() -> Evidence:
    """What is shipped."""
    says = _("One language is shipped, English; a test walks all templates and forms for words that miss translation.")
    return Evidence(says, None, settings.USE_I18N and settings.LANGUAGE_CODE.startswith("en"))


def controller() -> Evidence:
    """Whether a processing agreement is in force and the roles are named."""
    agreement = queries.current("processing")
    says = _("%(lines)s kinds of data have their controller named; the processing agreement is version %(number)s.")
    filled = {"lines": len(roles()), "number": agreement.number if agreement else _("(none)")}
    link = reverse("legal:document", args=["processing"])
    return Evidence(says % filled, agreement.published_at if agreement else None, agreement is not None, link)


def complaint() -> Evidence:
    """Whether every privacy policy in force names the authority and how to reach it."""
    name = authority().name
    policies = [queries.current(each.slug) for each in documents() if each.kind == "privacy"]
    naming = [each for each in policies if each and name in each.text and settings.OPERATOR_EMAIL in each.text]
    says = _("%(count)s of %(all)s privacy policies name %(authority)s and the contact.")
    filled = {"count": len(naming), "all": len(policies), "authority": name}
    return Evidence(says % filled, now(), len(naming) == len(policies), reverse("legal:document", args=["privacy"]))


def external_links() -> Evidence:
    """A sentence: what is done with links."""
    shown = date_format(today(), "j M Y")
    says = _("Links to other sites are marked and pass a page that says other policies apply (checked %(day)s).")
    return Evidence(says % {"day": shown}, None, holds=None)


SOURCES = {
    "LEGAL-ACCEPT": acceptance,
    "LEGAL-VERSIONS": versions,
    "LEGAL-DURABLE-COPY": copies,
    "LEGAL-AGE": ages,
    "LEGAL-LANGUAGE": language,
    "PRIV-CONTROLLER": controller,
    "PRIV-COMPLAINT": complaint,
    "PRIV-EXTERNAL-LINKS": external_links,
}
