"""Signs of fraud: each alone means nothing. Together they put a member before people, and do nothing else.

What counts is listed in WEIGHTS. Complaints count once where several come from one circle or within minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allonce.kernel.casework.detectors import Detector, register_detector
from allonce.kernel.casework.kinds import Fact, Subject
from allonce.kernel.casework.models import Case, CaseText, PersonCaseText
from allonce.kernel.clock import now
from allonce.products.dating.models import Match, Member, Report, Review, Signal

CONDUCT_CASE = "dating.conduct"
SUM = register_detector(Detector("dating.signs", gettext_lazy("a sum of signs, each of which alone means nothing")))
COUNTED = timedelta(days=90)
WITHIN_MINUTES = timedelta(minutes=30)
COMPLAINT = "complaint"
# A case needs at least so much, from at least two sorts of signs or from two complaints that have nothing in common.
ENOUGH = 4
WEIGHTS = {COMPLAINT: 2, "money": 3, "photo": 3, "barred": 3, "far": 1, "hosting": 1}


@dataclass(frozen=True)
class Weighed:
    """How often each sort of sign was seen, counted as the rules say, and what that comes to."""

    seen: dict[str, int]

    @property
    def score(self) -> int:
        """Each sort counts with its weight; a second complaint as much again, a second of anything else one more."""
        return sum(WEIGHTS[kind] + self._more(kind, many) for kind, many in self.seen.items())

    @property
    def is_enough(self) -> bool:
        """Whether people should look. A single sort of sign never is, however often it was seen."""
        several = len(self.seen) >= 2 or self.seen.get(COMPLAINT, 0) >= 2
        return several and self.score >= ENOUGH

    def _more(self, kind: str, many: int) -> int:
        return 0 if many < 2 else WEIGHTS[kind] if kind == COMPLAINT else 1


def subject_of(member: Member) -> Subject:
    """The member as a case about their conduct names them."""
    return Subject(person_id=member.person_id, target=f"dating.Member:{member.id}")


def note(member: Member, kind: str, facts: dict[str, Any]) -> None:
    """Keep a sign, once for the same facts, and see what all of them come to. `facts` holds nobody's words."""
    known = Signal.objects.filter(member=member, kind=kind, at__gt=now() - COUNTED)
    if any(each.facts == facts for each in known):
        return
    Signal.objects.create(person_id=member.person_id, member=member, kind=kind, facts=facts)
    weigh(member, kind)


def weigh(member: Member, newest: str = COMPLAINT) -> Weighed:
    """Add up what was seen since people last decided about this member, and put it before them if it is enough.

    While a case waits, only a sort of sign (`newest`) that is not in it yet is added to it.
    """
    since = _counted_from(member)
    signals = list(Signal.objects.filter(member=member, at__gt=since).order_by("at"))
    reports = _complaints(member, since)
    seen: dict[str, int] = {COMPLAINT: len(reports)} if reports else {}
    for each in signals:
        seen[each.kind] = seen.get(each.kind, 0) + 1
    weighed = Weighed(seen)
    if weighed.is_enough and (seen.get(newest, 0) == 1 or not _waits(member)):
        SUM.raise_case(CONDUCT_CASE, subject_of(member), _facts(weighed, signals, reports))
    return weighed


def _complaints(member: Member, since: datetime) -> "list[Report | Review]":
    """Reports, and what was said of real dates and accepted by a person: once of each who has nothing in common."""
    said = Review.objects.filter(about=member, state=Review.State.COUNTED, decided_at__gt=since)
    found: list[Report | Review] = [*Report.objects.filter(about=member, at__gt=since)]
    found += [each for each in said if each.warns]
    return independent(sorted(found, key=lambda each: each.at))


def _waits(member: Member) -> bool:
    """Whether the machine has put this member before people already, who have not decided yet."""
    waiting = Case.objects.filter(kind=CONDUCT_CASE, target=subject_of(member).target, state=Case.State.OPEN)
    texts = PersonCaseText.objects.filter(case__in=waiting, role=CaseText.Role.EVIDENCE)
    return any(text.words.get("how") == Case.Opener.DETECTOR for text in texts)


def independent(reports: "Sequence[Report | Review]") -> "list[Report | Review]":
    """One of each group of reports (in order of time) that are the same person's, came within minutes, or come from
    people who are matched with each other."""
    counted: list[Report | Review] = []
    for each in reports:
        if not any(_belong_together(each, other) for other in counted):
            counted.append(each)
    return counted


def _belong_together(one: Report | Review, other: Report | Review) -> bool:
    if one.by_id == other.by_id or abs(one.at - other.at) <= WITHIN_MINUTES:
        return True
    both = Q(low=one.by_id, high=other.by_id) | Q(low=other.by_id, high=one.by_id)
    return Match.objects.filter(both).exists()


def _counted_from(member: Member) -> datetime:
    """Ninety days back, or since people last decided: what they found to be nothing is not held against anybody."""
    decided = Case.objects.filter(kind=CONDUCT_CASE, target=subject_of(member).target, decisions__state="in_force")
    last = decided.order_by("-decisions__decided_at").values_list("decisions__decided_at", flat=True).first()
    earliest = now() - COUNTED
    return max(earliest, last) if last else earliest


def _facts(weighed: Weighed, signals: Sequence[Signal], complaints: "Sequence[Report | Review]") -> list[Fact]:
    lines = [Fact(str(Signal.Kind(each.kind).label), _evidence(each)) for each in signals]
    reports = [each for each in complaints if isinstance(each, Report)]
    if reports:
        days = ", ".join(f"{each.at:%d %b %H:%M} ({Report.Category(each.category).label})" for each in reports)
        lines.append(Fact(_("Complaints that have nothing in common"), days))
    if len(reports) < len(complaints):
        # What was said in confidence stands in no case: whoever it is about may ask for a copy of that. Nor does a sum.
        return [*lines, Fact(_("What it comes to"), _("Enough to be looked at by people."))]
    rule = _("%(score)s points; people are asked to look from %(enough)s, if there are two sorts of signs.")
    return [*lines, Fact(_("What it comes to"), rule % {"score": weighed.score, "enough": ENOUGH})]


def _evidence(signal: Signal) -> str:
    km = signal.facts.get("km")
    return f"{signal.at:%d %b %Y %H:%M}" + (_(", about %s km away") % km if km else "")
