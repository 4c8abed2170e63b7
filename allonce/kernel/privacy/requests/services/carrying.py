"""Carrying out what was decided: the export that is downloaded, the erasure, the restriction."""

from django.db import transaction
from django.utils.translation import gettext as _

from allonce.kernel.accounts.models import Person
from allonce.kernel.audit import Actor
from allonce.kernel.clock import now
from allonce.kernel.errors import NotFound
from allonce.kernel.privacy.ports import rights_actions
from allonce.kernel.privacy.requests import letters
from allonce.kernel.privacy.requests.models import RightsRequest, Step
from allonce.kernel.privacy.requests.services import common
from allonce.kernel.privacy.requests.services.identity import Verified, verified

Deed = RightsRequest.Deed
State = RightsRequest.State


def carry_out(proof: Verified) -> None:
    """Erase or restrict as decided, then tell the sender. Safe to repeat: a crash before the end does it again."""
    request = RightsRequest.objects.get(pk=proof.request_id)
    if request.deed_done_at is not None or request.closed_by is None:
        return
    actor = Actor("staff", request.closed_by)
    if request.person_id is not None and request.deed == Deed.ERASE:
        rights_actions().erase_person(request.person_id, actor=actor)
        if Person.objects.filter(pk=request.person_id).exists():
            return  # a legal hold postpones it; the person was told, and a daily job comes back
    elif request.person_id is not None and request.deed == Deed.RESTRICT:
        rights_actions().restrict(request.person_id, actor=actor)
    _confirm_deed(request, actor)


def finish_what_waited() -> None:
    """Carry out what a legal hold had postponed, and tell those whose deed is done by now."""
    waiting = RightsRequest.objects.filter(
        state=State.ANSWERED, deed__in=[Deed.ERASE, Deed.RESTRICT], deed_done_at=None
    )
    for request_id in list(waiting.values_list("pk", flat=True)):
        carry_out(verified(request_id))


def download(proof: Verified) -> bytes:
    """The archive of what is held about the sender, while its link lasts. Raises NotFound."""
    request = RightsRequest.objects.filter(pk=proof.request_id, deed=Deed.EXPORT).first()
    if request is None or proof.person_id is None or not offers_download(request):
        raise NotFound
    archive = rights_actions().export_for(proof.person_id)
    with transaction.atomic():
        common.note(request, Step.Kind.DONE, Actor("person", proof.person_id))
    return archive


def offers_download(request: RightsRequest) -> bool:
    """Whether the link in the answer still leads to the archive."""
    until = request.download_until
    return request.state == State.ANSWERED and until is not None and until > now()


@transaction.atomic
def _confirm_deed(request: RightsRequest, actor: Actor) -> None:
    if not RightsRequest.objects.filter(pk=request.pk, deed_done_at=None).update(deed_done_at=now()):
        return
    done = {
        Deed.ERASE: _("Your data is erased. It also goes from our backups, whose keys are destroyed within a week."),
        Deed.RESTRICT: _("We keep your data and do nothing else with it from now on. We tell you before that changes."),
    }
    letters.send(request, "done", _("We have done what you asked"), [done[Deed(request.deed)]])
    common.note(request, Step.Kind.DONE, actor)
