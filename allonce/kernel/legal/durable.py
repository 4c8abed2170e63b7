"""The durable copy: exactly the version that somebody agreed to, as a PDF that never reads differently."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.accounts.models import Person
from allonce.kernel.accounts.services.mails import link
from allonce.kernel.clock import now
from allonce.kernel.legal.models import Acceptance, Version
from allonce.kernel.legal.rendering import typesetting
from allonce.kernel.vault import Scope

KIND = "legal.copy"


def pdf(version: Version) -> bytes:
    """The version typeset from its unchangeable text alone: the same bytes whenever it is asked for."""
    return typesetting.typeset(
        typesetting.Sheet(
            title=version.title,
            subtitle=_("Version %(number)s, in force from %(day)s")
            % {"number": version.number, "day": date_format(version.effective_on, "j M Y")},
            footer=_("SHA-256 of the text: %(digest)s") % {"digest": version.digest},
            date=version.effective_on,
            text=version.text,
        )
    )


def file_name(version: Version) -> str:
    """How the copy is called: terms-version-3.pdf."""
    return f"{version.document}-version-{version.number}.pdf"


def send_confirmation(person: Person, versions: Sequence[Version]) -> None:
    """Mail the person these versions as PDFs, within the caller's transaction."""
    attachments = [post.Attachment(file_name(each), "application/pdf", pdf(each)) for each in versions]
    _send(person, versions, attachments)


def send_waiting_copies(person_id: UUID) -> None:
    """Send whatever the person agreed to and has no copy of yet, in one mail; nothing if there is nothing."""
    waiting = list(Acceptance.objects.filter(person_id=person_id, copy_sent_at=None).select_related("version"))
    person = Person.objects.filter(pk=person_id).first()
    if not waiting or person is None:
        return
    versions = list({each.version_id: each.version for each in waiting}.values())
    # Typeset before the transaction: it takes longer than others should wait for the one writer.
    attachments = [post.Attachment(file_name(each), "application/pdf", pdf(each)) for each in versions]
    with transaction.atomic():
        unsent = Acceptance.objects.filter(pk__in=[each.pk for each in waiting], copy_sent_at=None)
        if unsent.update(copy_sent_at=now()) == len(waiting):
            _send(person, versions, attachments)
        else:
            transaction.set_rollback(True)


def _send(person: Person, versions: Sequence[Version], attachments: Sequence[post.Attachment]) -> None:
    letter = post.letter(Scope("person", person.id), KIND, person.email, _words(versions))
    post.send(replace(letter, attachments=tuple(attachments)))


def _words(versions: Sequence[Version]) -> post.Words:
    names = [_("%(title)s, version %(number)s") % {"title": each.title, "number": each.number} for each in versions]
    return post.Words(
        subject=_("What you agreed to with %(name)s") % {"name": settings.OPERATOR_NAME},
        heading=_("Your copy of what you agreed to"),
        paragraphs=[
            _("You agreed to: %(names)s.") % {"names": "; ".join(names)},
            _("The exact text is attached as PDF. Keep it: it stays as it is, whatever changes later."),
        ],
        action=post.Action(_("See your agreements"), link("legal:agreements")),
    )
