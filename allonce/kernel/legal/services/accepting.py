"""Agreeing to a version: by a click, recorded with person, document, version and time."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from allonce.kernel import audit
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.audit import Actor
from allonce.kernel.errors import UserError
from allonce.kernel.legal import jobs
from allonce.kernel.legal.documents import document
from allonce.kernel.legal.models import Acceptance, Version
from allonce.kernel.legal.queries import Asked, standings, who_is_asked


class NothingToAgreeTo(UserError):
    """This version is not one that the person is asked, or invited, to agree to."""

    code = "nothing_to_agree_to"
    status = 409
    message = gettext_lazy("That version is no longer the one to agree to. Read the present one and try again.")


def accept(session: SignInSession, chosen: Iterable[Version]) -> list[Acceptance]:
    """Record that the person of this session agreed to these versions, and send them their copies. Audited.

    Agreeing twice changes nothing. Raises NothingToAgreeTo for versions that nobody asks them to agree to.
    """
    wanted = list(chosen)
    open_ones = {each.pk for each in _agreeable(session)}
    if not all(each.pk in open_ones for each in wanted):
        raise NothingToAgreeTo
    return _record(who_is_asked(session), wanted, Actor(kind="person", id=session.person_id, via=session.id))


def accept_as_demo(asked: Asked, chosen: Iterable[Version]) -> list[Acceptance]:
    """For the demo's made-up people, who are there before anybody can click. Audited as the system's act."""
    return _record(asked, list(chosen), audit.SYSTEM)


def _agreeable(session: SignInSession) -> list[Version]:
    found = standings(session)
    now_open = [version for each in found for version in (each.asked, each.offered) if version]
    # Who agreed to what is in force may agree to what is to come.
    return now_open + [version for each in found if each.binding for version in each.coming]


@transaction.atomic
def _record(asked: Asked, chosen: list[Version], actor: Actor) -> list[Acceptance]:
    made = [row for version in chosen if (row := _row(asked, version))]
    if made:
        jobs.send_copies.later(asked.person_id)
    for row in made:
        said = {"document": row.version.document, "number": row.version.number, "digest": row.version.digest}
        target = f"legal.Version:{row.version.pk}"
        audit.record("legal.accepted", actor=actor, account_id=row.account_id, target=target, data=said)
    return made


def _row(asked: Asked, version: Version) -> Acceptance | None:
    """The new row, or None if this was agreed to before, perhaps a moment ago by a second click."""
    account_id = asked.account_id if document(version.document).agreeing == "owners" else None
    try:
        with transaction.atomic():
            return Acceptance.objects.create(person_id=asked.person_id, version=version, account_id=account_id)
    except IntegrityError:
        return None
