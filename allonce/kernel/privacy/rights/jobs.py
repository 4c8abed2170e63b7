from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job
from allonce.kernel.privacy.rights.services import erasing


@job("rights.carry_out", transactional=False)
def carry_out(erasure_id: UUID) -> None:
    erasing.carry_out(erasure_id)


@every(timedelta(hours=1))
def finish_erasures() -> None:
    """Takes up erasures that were killed half way, and those whose legal hold has ended."""
    for erasure_id in erasing.unfinished():
        carry_out.later(erasure_id)
