"""The daily letter: what people chose to hear of once a day, once a day."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allonce.kernel import post
from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import today
from allonce.kernel.notices.choosing import Mail, ways_of
from allonce.kernel.notices.models import Digest, Notice
from allonce.kernel.vault import Scope

KIND = "notices.digest"
MOST_LINES = 50


def waiting_people(after: UUID, most: int) -> list[UUID]:
    """The next people with something for their daily letter, in the order of their ids."""
    waiting = Notice.objects.filter(for_digest=True, person_id__gt=after)
    return list(waiting.order_by("person_id").values_list("person_id", flat=True).distinct()[:most])


@transaction.atomic
def send_digest(person_id: UUID) -> bool:
    """Write the person's letter of today; False if it was written already or there is nothing to say.

    What the person switched off since is left out. Notices that stand in the app stay there.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        return False
    waiting = Notice.objects.filter(person=person, for_digest=True).order_by("created_at")
    if Digest.objects.filter(person=person, day=today()).exists() or not waiting.exists():
        return False
    daily = [kind.code for kind, way in ways_of(person).items() if way.mail == Mail.DAILY]
    told = list(waiting.filter(kind__in=daily))
    if told:
        Digest.objects.create(person=person, day=today())
        post.send(post.letter(Scope("person", person.id), KIND, person.email, _words(told)))
    waiting.filter(in_app=False).delete()
    Notice.objects.filter(person=person, for_digest=True).update(for_digest=False)
    return bool(told)


def _words(told: list[Notice]) -> post.Words:
    lines = [_line(notice) for notice in told[:MOST_LINES]]
    more = len(told) - len(lines)
    if more:
        lines.append(ngettext("And one more.", "And %(count)d more.", more) % {"count": more})
    count = len(told)
    subject = ngettext("One notice since yesterday", "%(count)d notices since yesterday", count) % {"count": count}
    return post.Words(
        subject=subject,
        paragraphs=lines,
        action=post.Action(_("Read them"), settings.PUBLIC_URL + reverse("notices:list")),
        closing=[_("You chose to hear of these once a day. Change it: %s") % _choices_url()],
    )


def _line(notice: Notice) -> str:
    said = notice.words
    return f"{said['subject']}\n{said['link']}" if said["link"] else str(said["subject"])


def _choices_url() -> str:
    return settings.PUBLIC_URL + reverse("notices:choices")
