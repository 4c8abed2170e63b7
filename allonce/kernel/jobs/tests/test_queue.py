"""The queue keeps jobs with their cause, retries with patience, and lets no two workers finish one job."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from allonce.kernel import clock
from allonce.kernel.audit import SYSTEM
from allonce.kernel.errors import NotFound
from allonce.kernel.jobs import BadJob, dead_letters, every, job, queue, registry, revive, run_due
from allonce.kernel.jobs.execute import execute
from allonce.kernel.jobs.models import Job
from allonce.kernel.jobs.periods import parse_period
from allonce.kernel.jobs.schedule import Schedule
from tests.probe.jobs import fail, mark, wait
from tests.probe.models import Effect

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)


def test_a_queued_job_runs_and_leaves_no_row() -> None:
    mark.later(1)
    assert run_due() == 1
    assert Effect.objects.get().mark == "mark-1"
    assert not Job.objects.exists()


def test_a_job_of_a_rolled_back_transaction_never_was() -> None:
    try:
        with transaction.atomic():
            mark.later(1)
            raise KeyError
    except KeyError:
        assert run_due() == 0


def test_a_delayed_job_waits() -> None:
    mark.after(timedelta(minutes=5), 1)
    assert run_due() == 0
    with clock.travel(clock.now() + timedelta(minutes=6)):
        assert run_due() == 1


def test_many_jobs_queued_at_once_each_run_with_their_own_arguments() -> None:
    mark.later_many([(number,) for number in range(5)])
    mark.later_many([])
    assert {job.args[0] for job in Job.objects.all()} == set(range(5))
    assert run_due() == 5
    assert set(Effect.objects.values_list("mark", flat=True)) == {f"mark-{number}" for number in range(5)}
    with pytest.raises(BadJob):
        mark.later_many([("a name",)])
    assert not Job.objects.exists()


def test_a_failing_job_leaves_no_effect_and_is_tried_again_later() -> None:
    fail.later(1)
    run_due()
    waiting = Job.objects.get()
    assert not Effect.objects.exists()
    assert (waiting.state, waiting.attempts, waiting.error_type) == ("waiting", 1, "ValueError")
    assert waiting.run_at > clock.now()


def test_a_job_that_keeps_failing_becomes_a_dead_letter_that_can_be_revived() -> None:
    fail.later(1)
    for hours in (0, 2, 4):
        with clock.travel(clock.now() + timedelta(hours=hours)):
            run_due()
    dead = dead_letters().get()
    assert dead.error_type == "ValueError"
    revive(dead.id, SYSTEM)
    assert Job.objects.get().state == "waiting"
    with pytest.raises(NotFound):
        revive(dead.id, SYSTEM)


def test_a_job_may_say_when_it_wants_another_try() -> None:
    wait.later(900)
    before = clock.now()
    run_due()
    assert Job.objects.get().run_at >= before + timedelta(seconds=900)


def test_a_silent_workers_job_goes_to_another_and_the_first_cannot_finish_it() -> None:
    mark.later(1)
    [mine] = queue.claim(uuid4(), LEASE, 10)
    assert queue.claim(uuid4(), LEASE, 10) == []
    with clock.travel(clock.now() + LEASE * 2):
        [theirs] = queue.claim(uuid4(), LEASE, 10)
        execute(theirs)
        execute(mine)
    assert Effect.objects.count() == 1


def test_a_worker_that_wakes_in_the_middle_loses_its_effects() -> None:
    mark.later(1)
    [mine] = queue.claim(uuid4(), LEASE, 10)
    assert queue.start(mine)
    with clock.travel(clock.now() + LEASE * 2):
        queue.claim(uuid4(), LEASE, 10)
    assert not queue.complete(mine)


def test_a_job_whose_workers_keep_dying_becomes_a_dead_letter_and_its_neighbours_lose_no_try() -> None:
    fail.later(1)
    mark.later(2)
    for hours in range(3):
        with clock.travel(clock.now() + timedelta(hours=hours)):
            first, *_neighbours = queue.claim(uuid4(), LEASE, 10)
            queue.start(first)
    assert dead_letters().get().error_type == "WorkerDied"
    assert Job.objects.get(name="probe.mark").attempts == 0


def test_a_heartbeat_keeps_the_lease() -> None:
    mark.later(1)
    worker = uuid4()
    queue.claim(worker, LEASE, 10)
    queue.extend(worker, clock.now() + LEASE * 5)
    with clock.travel(clock.now() + LEASE * 2):
        assert queue.claim(uuid4(), LEASE, 10) == []


def test_a_job_nobody_knows_is_kept_for_the_next_version() -> None:
    Job.objects.create(name="gone.job", args=[])
    run_due()
    assert Job.objects.get().error_type == "UnknownJob"


@pytest.mark.parametrize("value", ["Ada Lovelace", "ada@example.com", "x" * 65, 1.5, True, None])
def test_arguments_that_are_no_ids_are_refused(value: Any) -> None:
    @job("probe.texts")
    def texts(code: str) -> None:
        pass

    with pytest.raises(BadJob):
        texts.later(value)
    del registry.registered["probe.texts"]


def test_parameters_of_other_types_are_refused_at_declaration() -> None:
    with pytest.raises(BadJob):

        @job("probe.bad")
        def bad(what: dict[str, str]) -> None:
            pass


def test_ids_arrive_as_what_they_were() -> None:
    seen: list[Any] = []

    @job("probe.ids")
    def ids(one: UUID, two: int, three: str = "default") -> None:
        seen.extend([one, two, three])

    given_id = uuid4()
    ids.later(given_id, two=2)
    run_due()
    del registry.registered["probe.ids"]
    assert seen == [given_id, 2, "default"]


def test_a_schedule_queues_once_per_period_whoever_ticks() -> None:
    @every(timedelta(hours=1))
    @job("probe.hourly")
    def hourly() -> None:
        Effect.objects.create(mark="hourly")

    moment = datetime(2026, 3, 29, 12, 10, tzinfo=UTC)
    queued = []
    for minutes in (0, 10, 20, 55, 60, 200):
        with clock.travel(moment + timedelta(minutes=minutes)):
            for _process in range(3):
                Schedule().tick()
            queued.append(Job.objects.filter(name="probe.hourly").count())
    del registry.registered["probe.hourly"]
    assert queued == [1, 1, 1, 2, 2, 3]


@given(st.integers(0, 200_000_000).map(lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)))
def test_a_period_contains_its_moment(moment: datetime) -> None:
    daily, hourly = parse_period("daily at 01:30"), parse_period(timedelta(hours=1))
    assert timedelta() <= moment - daily.start(moment) <= timedelta(hours=25)
    assert timedelta() <= moment - hourly.start(moment) < timedelta(hours=1)
    assert daily.start(daily.start(moment)) == daily.start(moment)
