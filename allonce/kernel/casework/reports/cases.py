"""Cases about content: what was reported, and taking it down or putting it back."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.accounts import tenancy, throttle
from allonce.kernel.accounts.mandates import Mandate
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services import sign_in
from allonce.kernel.casework.kinds import Action, CaseKind, Fact, Subject
from allonce.kernel.casework.models import Case, RemovedContent
from allonce.kernel.casework.reports.reportable import Reportable, by_reference, reportable
from allonce.kernel.casework.services import opening
from allonce.kernel.errors import NotFound

KIND = "content"
REPORTS_FROM_ONE_ADDRESS = 10
GROUNDS = {
    "harm": gettext_lazy("It harms or threatens somebody"),
    "misleading": gettext_lazy("It misleads people"),
    "rights": gettext_lazy("It uses what belongs to somebody else"),
    "unlawful": gettext_lazy("It breaks the law"),
    "other": gettext_lazy("Something else"),
}


def find(reference: str) -> tuple[Reportable, UUID]:
    """What a reference names; NotFound for one that we did not make, or what is gone."""
    found = by_reference(reference)
    if found is None or _owner(*found) is None:
        raise NotFound
    return found


def report(request: HttpRequest, reference: str, ground: str, words: str) -> Case:
    """Anybody reports content; what it says now is kept as evidence. Audited. Raises NotFound or TooMany."""
    content, row_id = find(reference)
    throttle.hit("content-report", sign_in.client_address(request), REPORTS_FROM_ONE_ADDRESS, timedelta(hours=1))
    session: SignInSession | None = getattr(request, "sign_in_session", None)
    with tenancy.across_accounts():
        about = Subject(account_id=content.account_of(row_id), target=f"{content.model}:{row_id}")
        facts = [Fact(_("Ground"), str(GROUNDS[ground])), Fact(_("In the reporter's words"), words.strip())]
        shown = [Fact(fact.label, fact.value) for fact in content.show(row_id) if fact.value]
        return opening.by_somebody(session, KIND, about, facts + shown)


def remove_content(mandate: Mandate, about: Subject) -> None:
    """Take the content down and keep it sealed, in case an appeal is upheld."""
    kept = _content(about).take_down(mandate, about.target_id)
    RemovedContent.objects.update_or_create(account_id=about.account, target=about.target, defaults={"kept": kept})


def restore_content(mandate: Mandate, about: Subject) -> None:
    """Put back what was taken down."""
    removed = RemovedContent.objects.filter(account_id=about.account, target=about.target).first()
    if removed is None:
        return
    _content(about).put_back(mandate, about.target_id, removed.kept)
    removed.delete()


def _possible(about: Subject) -> set[str]:
    return set() if _owner(_content(about), about.target_id) is None else {"remove"}


def _show(about: Subject) -> Sequence[Fact]:
    content = _content(about)
    heading = Fact(str(_("What it is")), str(content.label))
    if _owner(content, about.target_id) is None:
        return [heading, Fact(str(_("Now")), str(_("Its owner has deleted it.")))]
    return [heading, *content.show(about.target_id)]


def _content(about: Subject) -> Reportable:
    return reportable(about.target.partition(":")[0])


def _owner(content: Reportable, row_id: UUID) -> UUID | None:
    with tenancy.across_accounts():
        return content.account_of(row_id)


CONTENT = CaseKind(
    KIND,
    gettext_lazy("Reported content"),
    duty="moderation",
    rule=gettext_lazy("The rules of acceptable use, which you can read on our legal pages."),
    actions=(
        Action(
            "remove",
            gettext_lazy("Remove the content"),
            gettext_lazy("Content of yours was removed. Others no longer see it. We keep it until the appeal is over."),
            effect=remove_content,
            undo=restore_content,
        ),
    ),
    possible=_possible,
    show=_show,
)
