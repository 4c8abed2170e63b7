"""Who may say something in a match's conversation at this moment."""

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import NotFound, UserError
from allonce.products.dating.models import Match, Member
from allonce.products.dating.services import sight


class WaitForAnswer(UserError):
    """Whoever wrote first before a match has written their one message."""

    code = "wait_for_answer"
    status = 409
    message = gettext_lazy("You have written. Now it is the other's turn: once they answer, you can both write freely.")


class WordsFirst(UserError):
    """First words are answered in words."""

    code = "words_first"
    status = 409
    message = gettext_lazy("Answer in words first. After that you can both send pictures and voice notes, too.")


class CannotWrite(UserError):
    """Their writer is suspended: they can read, and write to nobody."""

    code = "suspended"
    status = 403
    message = gettext_lazy("You are suspended, so you can read but not write. Your page says how to explain.")


def require_writer(found: Match, writer: Member) -> None:
    """Raises CannotWrite, WaitForAnswer, or NotFound where the two do not see each other."""
    if sight.is_out(writer):
        raise CannotWrite
    if found.held or sight.is_hidden(writer, found.other_than(writer).id):
        raise NotFound
    if found.was_opened_by(writer):
        raise WaitForAnswer


def require_mutual(found: Match, writer: Member) -> None:
    """For what is more than words. Raises WordsFirst besides."""
    require_writer(found, writer)
    if not found.is_mutual:
        raise WordsFirst
