"""Mail in: kept first, byte for byte, then read by a job, so that no kill and no odd mail loses anything."""

import logging
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from allonce.kernel import audit, vault
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.accounts.models import Membership, Person
from allonce.kernel.audit import SYSTEM
from allonce.kernel.clock import now
from allonce.kernel.desk import jobs
from allonce.kernel.desk.letters import LOOP_MARK
from allonce.kernel.desk.mail import Mail, claimed_parent_of, may_open, parent_of, read_mail
from allonce.kernel.desk.mail import digest as digest_of
from allonce.kernel.desk.mail_keys import key_of
from allonce.kernel.desk.models import Line, RawMail, Ticket
from allonce.kernel.desk.services import common, speaking
from allonce.kernel.desk.services.filing import Carried, Sent
from allonce.kernel.desk.services.opening import Opened, open_ticket
from allonce.kernel.errors import NotFound
from allonce.kernel.vault import Scope, files, shared_index

log = logging.getLogger(__name__)
NO_SUBJECT = "(no subject)"


def receive(raw: bytes) -> UUID | None:
    """Keep a mail and queue its reading; None if the very same mail is here already. When this returns, it is safe."""
    mail = RawMail(id=uuid4(), digest=digest_of(raw), size=len(raw))
    if RawMail.objects.filter(digest=mail.digest).exists():
        return None
    scope = Scope("person", mail.id)
    vault.create_key(scope)
    files.save(scope, mail.id, mail.ref.name, raw)
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
            jobs.read.later(mail.id)
    except IntegrityError:  # the same mail by another road, in the same moment
        files.delete_scope(scope)
        return None
    return mail.id


def read(mail_id: UUID) -> None:
    """Put a kept mail where it belongs. What fails in an unknown way stays unread, and staff see it."""
    with tenancy.across_accounts():
        kept = RawMail.objects.select_for_update().filter(pk=mail_id).first()
        if kept is None or kept.why or kept.state != RawMail.State.UNREAD:
            return
        try:
            with transaction.atomic():
                _place(kept, files.read(kept.ref))
        except Exception as error:
            log.exception("a mail could not be placed", extra={"mail_id": str(mail_id)})
            kept.ticket = None
            kept.state, kept.why = RawMail.State.UNREAD, type(error).__name__[:24]
        kept.save(update_fields=["state", "why", "sender", "sender_index", "ticket"])


def look(staff: StaffAccess, mail_id: UUID) -> bytes:
    """The mail as it came. Raises NotFound. Audited."""
    kept = RawMail.objects.filter(pk=mail_id).first()
    if kept is None:
        raise NotFound
    RawMail.objects.filter(pk=mail_id).update(seen_at=now(), seen_by=staff.person.id)
    audit.record("ticket.mail_read", actor=staff.actor, target=f"desk.RawMail:{mail_id}", data={})
    return files.read(kept.ref)


def _place(kept: RawMail, raw: bytes) -> None:
    mail = read_mail(raw, authserv_id=settings.SUPPORT_AUTHSERV, loop_mark=LOOP_MARK)
    kept.sender = mail.sender.email
    found = parent_of(mail, _known, _by_number, _is_participant)
    if not may_open(mail) and not (found and mail.kind == "message"):
        kept.state, kept.why = RawMail.State.STOPPED, mail.kind
        if found and mail.bounce:
            common.add(found, Line.Kind.EVENT, SYSTEM, mail.bounce.reason[:200], event="not_delivered")
            common.save(found)
        return
    if not mail.sender.email:
        kept.why = "no_sender"
        return
    kept.ticket = _continue(found, mail) if found else _begin(mail)
    kept.state, kept.why = RawMail.State.TAKEN, "taken"


def _continue(ticket: Ticket, mail: Mail) -> Ticket:
    return speaking.write(ticket.id, _words(mail), SYSTEM, _carried(mail)).ticket


def _begin(mail: Mail) -> Ticket:
    """A new ticket. A From can be forged, so it only links the ticket to whom it names; the proof stands beside it."""
    person = Person.objects.with_email(mail.sender.email)
    account = Membership.objects.filter(person=person).select_related("account").first() if person else None
    opened = Opened(
        Ticket.Channel.MAIL,
        mail.sender.name or mail.sender.email,
        mail.sender.email,
        mail.subject or NO_SUBJECT,
        _words(mail),
        person=person,
        account=account.account if account else None,
        carried=_carried(mail),
    )
    ticket = open_ticket(opened, SYSTEM)
    claimed = claimed_parent_of(mail, _known, _by_number)
    if claimed is not None:
        common.add(ticket, Line.Kind.EVENT, SYSTEM, claimed.reference, event="claims")
    return ticket


def _words(mail: Mail) -> str:
    return mail.reply or mail.text or NO_SUBJECT


def _carried(mail: Mail) -> Carried:
    sent = tuple(Sent(each.name, each.media_type, each.content, each.inline) for each in mail.files)
    proof = " ".join(f"{name}={result}" for name, result in sorted(mail.authentication.items()))
    return Carried(
        sent,
        {
            "whole": mail.text if mail.text.strip() != mail.reply.strip() else "",
            "mail_id": f"<{mail.message_id}>" if mail.message_id else "",
            "mail_key": key_of(mail.message_id),
            "proof": proof[:80],
        },
    )


def _known(ids: Sequence[str]) -> Mapping[str, Ticket]:
    """The tickets on which mails with these ids lie."""
    by_key = {key_of(each): each for each in ids}
    lines = Line.objects.filter(mail_key__in=list(by_key)).exclude(mail_key="").select_related("ticket")
    return {by_key[line.mail_key]: line.ticket for line in lines}


def _by_number(number: int) -> Ticket | None:
    return Ticket.objects.filter(number=number).first()


def _is_participant(ticket: Ticket, address: str) -> bool:
    return bool(ticket.email_index == shared_index("address", address))
