"""Reading notices: marking them read."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.accounts.models import Person
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.notices.models import Notice
from allonce.kernel.notices.queries import shown_to


class NoticeGone(NotFound):
    """No notice of this person has that id."""

    message = gettext_lazy("That notice is gone.")


def open_notice(person: Person, notice_id: UUID) -> Notice:
    """Mark one notice read and return it. Raises NoticeGone, alike for nobody's and for somebody else's."""
    notice = shown_to(person).filter(pk=notice_id).first()
    if notice is None:
        raise NoticeGone
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=now())
    return notice


def read_all(person: Person) -> int:
    """Mark everything read; returns how many notices were unread."""
    return shown_to(person).filter(read_at=None).update(read_at=now())
