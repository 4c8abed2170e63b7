"""Telling people something, within the caller's transaction."""

from uuid import UUID

from django.db import transaction

from allonce.kernel import post
from allonce.kernel.accounts.models import Membership, Person
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.notices import waking
from allonce.kernel.notices.choosing import Mail, way_for
from allonce.kernel.notices.kinds import kinds
from allonce.kernel.notices.models import Notice
from allonce.kernel.vault import Scope


@transaction.atomic
def notify(person: Person, kind: str, words: post.Words) -> Notice | None:
    """Tell one person: in the app, by mail, and in browsers that may be woken, as the kind demands or they chose.

    `kind` is a registered code (KeyError otherwise). `words.action` becomes the notice's link. None where the
    person switched this kind off in the app and waits for no daily letter.
    """
    way = way_for(person, kinds()[kind])
    if way.mail == Mail.AT_ONCE:
        post.send(post.letter(Scope("person", person.id), kind, person.email, words))
    if way.push:
        waking.wake(person, words)
    for_digest = way.mail == Mail.DAILY
    if not (way.in_app or for_digest):
        return None
    link = words.action.url if words.action else ""
    said = {"subject": words.subject, "paragraphs": list(words.paragraphs), "link": link}
    return Notice.objects.create(person=person, kind=kind, words=said, in_app=way.in_app, for_digest=for_digest)


def notify_owners(account_id: UUID, kind: str, words: post.Words) -> None:
    """Tell everybody who answers for an account."""
    owners = Membership.objects.filter(account_id=account_id, role=Role.OWNER).select_related("person")
    for membership in owners:
        notify(membership.person, kind, words)
