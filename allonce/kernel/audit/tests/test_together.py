"""Many processes writing at once make one unbroken chain."""

from pathlib import Path

import pytest

from tests.probe.installation import installed

WRITE = """
from multiprocessing import get_context
from django.db import connections, transaction
from allonce.kernel.audit import SYSTEM, record, verify
from allonce.kernel.audit.models import Entry
def write(which):
    connections.close_all()
    for number in range(40):
        with transaction.atomic():
            record("probe.happened", actor=SYSTEM, data={"count": number})
connections.close_all()
fork = get_context("fork")
running = [fork.Process(target=write, args=(which,)) for which in range(4)]
for process in running: process.start()
for process in running: process.join()
print([process.exitcode for process in running], Entry.objects.count(), verify())
"""


@pytest.mark.slow
@pytest.mark.scale
def test_writers_at_the_same_time_break_no_link(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        assert place.python(WRITE).strip() == "[0, 0, 0, 0] 160 None"
        assert "160 entries" in place.run("audit").stdout
