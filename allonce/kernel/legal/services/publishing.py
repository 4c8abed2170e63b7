"""Writing and publishing legal texts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now, today
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.legal import jobs
from allonce.kernel.legal.documents import Document, document, documents
from allonce.kernel.legal.filling import filled
from allonce.kernel.legal.models import Draft, Version
from allonce.kernel.legal.queries import without_version


class UnableToPublish(UserError):
    """Something about the version is not right; `fields` says what."""

    code = "unable_to_publish"
    status = 422


@dataclass(frozen=True)
class Text:
    """What a version says and how it comes into force. `changes` tells people what is new, in plain words."""

    text: str
    changes: str = ""
    effective_on: date | None = None
    material: bool = False
    reduces_rights: bool = False


def publish_shipped() -> int:
    """Publish the shipped text of each document that has no version yet, in force today; how many. Audited."""
    fresh = without_version(documents())
    for each in fresh:
        _publish(each, Text(each.shipped.read_text()), audit.SYSTEM, None)
    return len(fresh)


@transaction.atomic
def save_draft(staff: StaffAccess, slug: str, given: Text) -> Draft:
    """Keep the next version of a document while it is written. Raises UnknownPlaceholder. Audited."""
    document(slug)
    filled(given.text)
    kept = {
        "text": given.text.replace("\r\n", "\n").strip() + "\n",
        "changes": given.changes.strip(),
        "effective_on": given.effective_on,
        "material": given.material or given.reduces_rights,
        "reduces_rights": given.reduces_rights,
        "updated_at": now(),
        "updated_by": staff.person,
    }
    draft, _made = Draft.objects.update_or_create(document=slug, defaults=kept)
    audit.record("legal.draft_saved", actor=staff.actor, account_id=staff.account.id, data={"document": slug})
    return draft


@transaction.atomic
def discard_draft(staff: StaffAccess, slug: str) -> None:
    """Forget the next version; NotFound when there is none. Audited."""
    if not Draft.objects.filter(document=slug).delete()[0]:
        raise NotFound
    audit.record("legal.draft_discarded", actor=staff.actor, account_id=staff.account.id, data={"document": slug})


@transaction.atomic
def publish_draft(staff: StaffAccess, slug: str) -> Version:
    """Make the draft the next version. Raises NotFound without a draft, UnableToPublish for dates too early. Audited.

    People are told of a material one by jobs that are queued here, before it comes into force.
    """
    # The row is taken by a lock, so that of two who press at once only one publishes.
    draft = Draft.objects.select_for_update().filter(document=slug).first()
    if draft is None:
        raise NotFound
    given = Text(draft.text, draft.changes, draft.effective_on, draft.material, draft.reduces_rights)
    if not Draft.objects.filter(document=slug).delete()[0]:
        raise NotFound
    return _publish(document(slug), given, staff.actor, staff.person)


@transaction.atomic
def publish(slug: str, given: Text, *, actor: Actor = audit.SYSTEM) -> Version:
    """Publish a text without a draft, as commands and tests do. Raises UnableToPublish. Audited."""
    return _publish(document(slug), given, actor, None)


@transaction.atomic
def _publish(chosen: Document, given: Text, actor: Actor, by: Person | None) -> Version:
    before = Version.objects.filter(document=chosen.slug)
    last = before.aggregate(number=Max("number"), effective_on=Max("effective_on"))
    _require_dates(given, last["effective_on"])
    made = Version(
        document=chosen.slug,
        number=(last["number"] or 0) + 1,
        title=str(chosen.title),
        text=filled(given.text),
        changes=given.changes,
        effective_on=given.effective_on or today(),
        material=given.material or given.reduces_rights,
        reduces_rights=given.reduces_rights,
        published_by=by,
    )
    made.save(force_insert=True)
    if made.material and last["number"]:
        jobs.tell_of_change.later(made.pk)
    said = {"document": chosen.slug, "number": made.number, "digest": made.digest, "effective": made.effective_on}
    target = f"legal.Version:{made.pk}"
    audit.record("legal.published", actor=actor, target=target, data=said | {"material": made.material})
    return made


def earliest_date(*, material: bool) -> date:
    """The first day on which a version published today may come into force."""
    return today() + timedelta(days=settings.LEGAL_NOTICE_DAYS if material else 0)


def _require_dates(given: Text, last: date | None) -> None:
    day = given.effective_on or today()
    material = last is not None and (given.material or given.reduces_rights)
    if day < earliest_date(material=material):
        message = _("People are told of a material change beforehand: choose a day at least %(days)s days from now.")
        said = message % {"days": settings.LEGAL_NOTICE_DAYS} if material else _("Choose today or a later day.")
        raise UnableToPublish(said, fields={"effective_on": said})
    if last is not None and day < last:
        said = _("An earlier version comes into force after that day. Choose that day or a later one.")
        raise UnableToPublish(said, fields={"effective_on": said})
    if material and not given.changes.strip():
        said = _("Say in plain words what changes: people are told so.")
        raise UnableToPublish(said, fields={"changes": said})
