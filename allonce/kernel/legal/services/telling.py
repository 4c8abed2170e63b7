"""Telling people of a coming change: each of them once, however often the job has to start again."""

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import notices, post
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.clock import today
from allonce.kernel.legal.models import ChangeTold, Version
from allonce.kernel.legal.queries import untold_of
from allonce.kernel.vault.sealed import prefetch_keys

KIND = "legal.change"
BATCH = 100


@transaction.atomic
def tell_some(version: Version) -> bool:
    """Tell the next people of a coming version; False once there is nobody left, or nothing to come.

    The row that says "told" is written with the notice, so that a killed batch leaves neither.
    """
    if version.effective_on <= today():
        return False
    batch = list(untold_of(version)[:BATCH])
    prefetch_keys(batch)
    ChangeTold.objects.bulk_create([ChangeTold(person=person, version=version) for person in batch])
    for person in batch:
        notices.notify(person, KIND, _words(version))
    return len(batch) == BATCH


def _words(version: Version) -> post.Words:
    title = version.title
    day = date_format(version.effective_on, "j M Y")
    address = link("legal:version", version.document, version.number)
    paragraphs = [
        _("Version %(number)s of our %(title)s comes into force on %(day)s.")
        % {"number": version.number, "title": title, "day": day},
        version.changes,
    ]
    return post.Words(
        subject=_("Our %(title)s changes on %(day)s") % {"title": title, "day": day},
        paragraphs=[each for each in paragraphs if each],
        action=post.Action(_("Read the new version"), address),
        closing=[_until_then(version), _who_disagrees()],
    )


def _until_then(version: Version) -> str:
    if version.reduces_rights:
        return _(
            "It takes something away from you, so it binds you only if you agree. Until then the earlier one does."
        )
    return _("Until that day the present version goes on.")


def _who_disagrees() -> str:
    where = link("legal:agreements")
    return _("If you disagree, you can leave and take your data with you: %(where)s") % {"where": where}
