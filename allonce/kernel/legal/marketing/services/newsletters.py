"""Writing a newsletter, and a person starting or stopping it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel import audit, post
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.legal.marketing import jobs, letters
from allonce.kernel.legal.marketing.models import Copy, Newsletter
from allonce.kernel.legal.marketing.purposes import marketing_purposes, purpose_of
from allonce.kernel.legal.marketing.services import contacts

State = Newsletter.State


class NotADraft(UserError):
    """It is on its way already, or over."""

    code = "not_a_draft"
    status = 409
    message = gettext_lazy("This newsletter has been started. Write a new one instead.")


class NotReady(UserError):
    """A newsletter needs a subject, words, and the Operator's postal address."""

    code = "not_ready"
    status = 409


@transaction.atomic
def write(staff: StaffAccess, purpose_code: str, subject: str, body: str, newsletter_id: UUID | None = None) -> UUID:
    """Keep a draft, a new one or the one named. Audited. Raises NotADraft, UnknownPurpose or NotFound."""
    purpose = purpose_of(purpose_code)
    if not purpose.marketing:
        raise NotFound
    draft = _locked(newsletter_id) if newsletter_id else Newsletter(written_by=staff.person)
    if draft.state != State.DRAFT:
        raise NotADraft
    draft.purpose, draft.subject, draft.body = purpose.code, " ".join(subject.split()), body
    draft.save()
    _record("newsletter.written", staff, draft)
    return draft.id


@transaction.atomic
def discard(staff: StaffAccess, newsletter_id: UUID) -> None:
    """Remove a draft. Audited. Raises NotADraft or NotFound."""
    draft = _locked(newsletter_id)
    if draft.state != State.DRAFT:
        raise NotADraft
    target = draft.id
    draft.delete()
    audit.record("newsletter.discarded", actor=staff.actor, target=f"marketing.Newsletter:{target}", data={})


@transaction.atomic
def send_to_self(staff: StaffAccess, newsletter_id: UUID) -> None:
    """Mail it to the staff member alone, as everybody would get it. Audited. Raises NotFound."""
    newsletter = _locked(newsletter_id)
    why = _("This is a trial sent to yourself. The others read here why they get it.")
    post.send(letters.newsletter_mail(newsletter, contacts.of_person(staff.person), why))
    _record("newsletter.tried", staff, newsletter)


@transaction.atomic
def start(staff: StaffAccess, newsletter_id: UUID) -> None:
    """A person sends it: the job asks of each contact, when its turn comes, whether it may. Audited.

    Raises NotADraft, also for the second of two who start at once, NotReady or NotFound.
    """
    newsletter = _locked(newsletter_id)
    if newsletter.state != State.DRAFT:
        raise NotADraft
    if not (newsletter.subject.strip() and newsletter.body.strip()):
        raise NotReady(_("Write a subject and some words first."))
    if not letters.postal_address():
        raise NotReady(_("Every marketing mail must name a postal address. Set ALLONCE_OPERATOR_ADDRESS first."))
    newsletter.state, newsletter.started_by, newsletter.started_at = State.SENDING, staff.person, now()
    newsletter.save()
    jobs.send_batch.later(newsletter.id, UUID(int=0))
    _record("newsletter.started", staff, newsletter)


@transaction.atomic
def halt(staff: StaffAccess, newsletter_id: UUID) -> None:
    """Send no more of it, and take back what no relay has taken yet. Audited. Raises NotFound."""
    newsletter = _locked(newsletter_id)
    if newsletter.state != State.SENDING:
        return
    newsletter.state, newsletter.finished_at = State.STOPPED, now()
    newsletter.save()
    post.recall(list(Copy.objects.filter(newsletter=newsletter).values_list("letter_id", flat=True)))
    _record("newsletter.stopped", staff, newsletter)


def purpose_choices() -> list[tuple[str, str]]:
    """Purposes that a newsletter may serve, for a form."""
    return [(purpose.code, purpose.label) for purpose in marketing_purposes()]


def _locked(newsletter_id: UUID) -> Newsletter:
    newsletter = Newsletter.objects.select_for_update().filter(pk=newsletter_id).first()
    if newsletter is None:
        raise NotFound
    return newsletter


def _record(action: str, staff: StaffAccess, newsletter: Newsletter) -> None:
    target = f"marketing.Newsletter:{newsletter.id}"
    audit.record(action, actor=staff.actor, target=target, data={"purpose": newsletter.purpose})
