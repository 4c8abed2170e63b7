"""Writing answers for everybody."""

from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify

from allonce.kernel import audit
from allonce.kernel.accounts.access import StaffAccess
from allonce.kernel.clock import now
from allonce.kernel.desk.models import Article


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
