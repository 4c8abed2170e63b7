from datetime import timedelta

from allonce.kernel.jobs import every, job
from allonce.products.quoting.services import sweeping


@every(timedelta(minutes=1))
@job("quoting.settle", transactional=False)
def settle_stale() -> None:
    sweeping.settle_stale()
