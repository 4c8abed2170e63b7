"""Jobs carry ids only, checked when queued."""

from allonce.kernel.declarations import declare

declare(
    "jobs.Job",
    subject=None,
    id="none",
    name=("none", "the job's name in our source"),
    args=("none", "ids and short codes, checked when queued"),
    state="none",
    run_at="none",
    created_at="none",
    attempts="none",
    max_attempts="none",
    fence="none",
    worker="none",
    lease_until="none",
    error_type="none",
    failed_at="none",
)
declare("jobs.ScheduledPeriod", subject=None, name=("none", "the schedule's name in our source"), period="none")
