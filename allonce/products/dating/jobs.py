"""What happens by itself: noon, and what has run out."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.jobs import every, job
from allonce.products.dating.models import JoinRequest
from allonce.products.dating.services import barring, plans, standing


@every(timedelta(minutes=1))
@job("dating.noon", transactional=False)
def noon() -> None:
    """Make the dates of every zone whose noon has come. Each run may be killed at any point and is taken up again."""
    # With the libraries that no web server need load.
    from allonce.products.dating.services import choosing, daily, matchmaking, travel

    travel.turn(now())
    for zone, day in daily.due(now()):
        daily.run(zone, day)
    # Those whose member moved to another zone since.
    choosing.begin(now())
    matchmaking.begin(now())


@every(timedelta(hours=1))
@job("dating.forget_requests")
def forget_requests() -> None:
    """Requests to join that ran out."""
    JoinRequest.objects.filter(expires_at__lt=now()).delete()


@every(timedelta(minutes=1))
@job("dating.at_once", transactional=False)
def at_once() -> None:
    """Searches for a date at once: somebody may have come; those that are over give the Crowns back."""
    from allonce.products.dating.services import instant

    instant.look_for_all()


@every("daily at 04:20")
def forget_what_ran_out() -> None:
    """Suggestions of days that are over, what nobody answered or ever sent, and hidden contacts taken back."""
    from allonce.products.dating.services import choosing, contacts, enclosing, first_words, matchmaking

    choosing.forget(now())
    first_words.forget_unanswered(now())
    enclosing.forget_unsent(now())
    contacts.forget()
    matchmaking.forget(now())


@every(timedelta(hours=1))
@job("dating.forget_selfies")
def forget_selfies() -> None:
    """Selfies that nobody has compared for four weeks."""
    from allonce.products.dating.services import selfies

    selfies.forget(now())


@every("daily at 10:40")
def thank() -> None:
    """A Crown for every 30 days, to those who are still here."""
    from allonce.products.dating.services import loyalty

    loyalty.thank_all(now())


@every(timedelta(days=7))
@job("dating.learn", transactional=False)
def learn() -> None:
    """What became of dates teaches the next ones."""
    from allonce.products.dating.services import learning

    learning.learn(now().date())


@every(timedelta(hours=1))
@job("dating.suspensions")
def suspensions() -> None:
    """Suspensions that end soon are put before people; whose month is over is told that they are back."""
    standing.remind()
    standing.let_back()


@every(timedelta(hours=1))
@job("dating.forget_plans")
def forget_plans() -> None:
    """Plans of dates whose link has died."""
    plans.forget_old()


@every("daily at 03:40")
@job("dating.forget_bars")
def forget_bars() -> None:
    """Bars whose day has come."""
    barring.forget_lapsed()
