"""Telling whoever a decision concerns: what, on which facts, why, whether a machine noticed it, and how to appeal.

What a statement holds follows Regulation (EU) 2022/2065, Article 17, for everybody alike.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from allonce.kernel import notices, post
from allonce.kernel.accounts.models import Person
from allonce.kernel.casework.kinds import CaseKind
from allonce.kernel.casework.models import Case, CaseText, Decision
from allonce.kernel.casework.noticing import noticed_by
from allonce.kernel.casework.services import words
from allonce.kernel.clock import now
from allonce.kernel.legal.authority import authority

SALT = "casework.decision"
DAY = "j M Y"


def tell(decision: Decision, kind: CaseKind) -> None:
    """Write the statement of reasons, and send it as a notice and by mail, in the caller's transaction."""
    decision.told_at = now()
    decision.save(update_fields=["told_at"])
    said = _statement(decision, kind)
    words.write(decision.case, CaseText.Role.STATEMENT, said, by=None, decision=decision)
    _send(decision.case, "casework.decision", _letter(decision, said))


def tell_outcome(decision: Decision, reason: str) -> None:
    """Tell what became of an appeal, and where to complain beyond it."""
    upheld = decision.state == Decision.State.REVERSED
    opening = _("Your appeal was right. The decision is reversed and what it did is undone.")
    if not upheld:
        opening = _("Your appeal was looked at by somebody who had no part in the decision. The decision stands.")
    letter = post.Words(
        subject=_("Your appeal is decided"),
        paragraphs=[opening, reason],
        action=post.Action(_("Read it"), link(decision)),
        closing=[] if upheld else [elsewhere()],
    )
    _send(decision.case, "casework.outcome", letter)


def thank_reporters(decision: Decision, kind: CaseKind) -> None:
    """Everybody who reported it while signed in hears that it was decided, and nothing about anybody else."""
    done = decision.action != "no_action"
    outcome = str(kind.acted) if done else _("It was looked at by a person and stays as it is.")
    letter = post.Words(subject=_("What you reported"), paragraphs=[_("Thank you for your report."), outcome])
    for reporter in _reporters(decision.case):
        notices.notify(reporter, "casework.report_decided", letter)


def _reporters(case: Case) -> list[Person]:
    """Whoever opened the case or added to it by a report. Whom it is about may have explained; they are no reporter."""
    found = [case.opener] if case.opened_by == Case.Opener.PERSON else []
    for text in words.of_case(case):
        if text.role == CaseText.Role.EVIDENCE and text.words.get("how") == Case.Opener.PERSON:
            found.append(text.by)
    return list({each.pk: each for each in found if each is not None and each.pk != case.person_id}.values())


def link(decision: Decision) -> str:
    """The address where the decision is read and appealed, signed in or not: the suspended cannot sign in."""
    token = signing.Signer(salt=SALT).sign_object(decision.pk)
    return f"{settings.PUBLIC_URL}{reverse('casework:decision', args=[token])}"


def by_link(token: str) -> int | None:
    """The number of the decision that a mailed link names, or None if we did not make it."""
    try:
        number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return int(number)


def elsewhere() -> str:
    """Where a person may turn beyond us."""
    known = authority()
    said = {"authority": known.name, "website": known.website}
    return _("You may also complain to the authority, %(authority)s (%(website)s), or go to court.") % said


def _statement(decision: Decision, kind: CaseKind) -> dict[str, Any]:
    """What is kept and shown for good, in the words of the day it was written."""
    reason = words.of_decision(decision, CaseText.Role.REASON)
    given = reason.words if reason else {}
    action = kind.action(decision.action)
    return {
        "what": str(action.says),
        "about": str(kind.label),
        "facts": given.get("facts", ""),
        "why": given.get("text", ""),
        "rule": str(kind.rule),
        "noticed": noticed_by(decision.case),
        "who": decision.decided_by.name if decision.decided_by else "",
        "appeal_until": decision.appeal_until.isoformat() if decision.appeal_until else "",
        "elsewhere": elsewhere(),
    }


def _letter(decision: Decision, said: dict[str, Any]) -> post.Words:
    paragraphs = [
        said["what"],
        _("Why: %(why)s") % said,
        _("On which facts: %(facts)s") % said if said["facts"] else "",
        _("Under which rule: %(rule)s") % said,
        said["noticed"],
        _("A person decided this: %(who)s.") % said,
    ]
    closing = []
    if decision.appeal_until:
        until = date_format(decision.appeal_until, DAY)
        appeal = _("You can appeal until %s. Somebody else than the first decider decides it, and it costs nothing.")
        closing = [appeal % until, said["elsewhere"]]
    label = _("Read it or appeal") if decision.appeal_until else _("Read it")
    return post.Words(
        subject=_("A decision about you") if decision.case.person_id else _("A decision about your business"),
        paragraphs=[each for each in paragraphs if each],
        action=post.Action(label, link(decision)),
        closing=closing,
    )


def _send(case: Case, kind: str, letter: post.Words) -> None:
    if case.person_id:
        notices.notify(Person.objects.get(pk=case.person_id), kind, letter)
    else:
        assert case.account_id is not None  # by the table's own rule
        notices.notify_owners(case.account_id, kind, letter)
