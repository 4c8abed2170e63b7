"""Nightly: nothing stays beyond its day."""

from allonce.kernel.jobs import every, job
from allonce.products.vacancies import removing


@every("daily at 03:40")
@job("vacancies.remove_what_is_over", transactional=False)
def remove_what_is_over() -> None:
    """Applications past their vacancy's period. Not in one transaction, since destroyed keys cannot come back."""
    removing.sweep()
