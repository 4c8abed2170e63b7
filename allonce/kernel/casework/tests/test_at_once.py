"""Two members of staff who decide one case in the same moment."""

from pathlib import Path

import pytest

from tests.probe.installation import installed

DECIDE_TWICE = """
import threading
from django.db import connections
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import at_the_console
from allonce.kernel.audit.models import Entry
from allonce.kernel.casework.models import Case, Decision
from allonce.kernel.casework.services import deciding
from allonce.kernel.casework.services.working import CaseMoved
from allonce.kernel.casework.tests.scene import choice, opened, raised
sam = people.staff()
kim = people.fellow(sam, "moderation")
case = raised(people.owner(), "accounts.person_conduct")
opened(sam, case)
opened(kim, case)
outcomes = []
start = threading.Barrier(2)
def press(who):
    with at_the_console(who) as access:
        start.wait()
        try:
            deciding.decide(access, case.pk, choice(case, "suspend"))
            outcomes.append("decided")
        except CaseMoved:
            outcomes.append("told")
    connections.close_all()
presses = [threading.Thread(target=press, args=(who,)) for who in (sam, kim)]
[each.start() for each in presses]
[each.join() for each in presses]
print(*sorted(outcomes), Decision.objects.count(), Entry.objects.filter(action="sign_in.suspended").count())
"""


@pytest.mark.slow
@pytest.mark.scale
@pytest.mark.promise("PRIV-AUTOMATED")
def test_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        assert place.python(DECIDE_TWICE).split() == ["decided", "told", "1", "1"]
