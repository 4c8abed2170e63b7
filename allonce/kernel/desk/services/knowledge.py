"""Writing answers for everybody, and words that staff begin an answer with."""

import re
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Article, SavedReply, Ticket
from allonce.kernel.errors import NotFound, UserError

PLACE = re.compile(r"\{(?:name|number|subject)\}")


class NameTaken(UserError):
    """Another saved reply has this name."""

    code = "name_taken"
    status = 409


@transaction.atomic
def save_reply(staff: StaffAccess, reply: SavedReply | None, *, title: str, text: str, after: str) -> SavedReply:
    """Keep words for answers. Raises NameTaken. Audited."""
    found = reply or SavedReply(id=uuid4())
    if SavedReply.objects.filter(title=title.strip()).exclude(pk=found.pk).exists():
        raise NameTaken(fields={"title": _("Another one has this name. Choose a name of its own.")})
    found.title, found.text, found.after, found.changed_at = title.strip(), text.strip(), after, now()
    found.save()
    audit.record("reply.saved", actor=staff.actor, target=f"desk.SavedReply:{found.pk}", data={})
    return found


@transaction.atomic
def remove_reply(staff: StaffAccess, reply_id: UUID) -> None:
    """Forget words for answers; what was sent with them stays. Raises NotFound. Audited."""
    if not SavedReply.objects.filter(pk=reply_id).delete()[0]:
        raise NotFound
    audit.record("reply.removed", actor=staff.actor, target=f"desk.SavedReply:{reply_id}", data={})


def filled(reply: SavedReply, ticket: Ticket) -> str:
    """Its words for this ticket. Only the named places are filled, once; all else stays as it was written."""
    found = {"{name}": ticket.name, "{number}": ticket.reference, "{subject}": ticket.subject}
    return PLACE.sub(lambda place: found[place[0]], reply.text)


@transaction.atomic
def save(staff: StaffAccess, article: Article | None, *, title: str, text: str, published: bool) -> Article:
    """Keep an answer; its address stays as it first was. Audited."""
    found = article or Article(id=uuid4(), slug=_address(title))
    found.title, found.text, found.changed_at = title.strip(), text.strip(), now()
    found.published_at = (found.published_at or now()) if published else None
    found.save()
    audit.record("article.saved", actor=staff.actor, target=f"desk.Article:{found.pk}", data={"published": published})
    return found


def _address(title: str) -> str:
    """From the title's words; a number behind it where another has it already."""
    base = slugify(title)[:50] or "answer"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(each for each in (base, *(f"{base}-{n}" for n in range(2, 1000))) if each not in taken)
