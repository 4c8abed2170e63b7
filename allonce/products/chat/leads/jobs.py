"""Deliveries, the nightly list of those who wait, and the end of what is kept."""

from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job


@job("chat_leads.post_adf", max_attempts=20, transactional=False)
def post_adf(delivery_id: UUID) -> None:
    """Post one lead in ADF to the Client's system."""
    from allonce.products.chat.leads.services.settling import attempt_adf

    attempt_adf(delivery_id)


@every(timedelta(minutes=1))
@job("chat_leads.catch_up", transactional=False)
def catch_up() -> None:
    """Take over what the post knows of deliveries."""
    from allonce.products.chat.leads.services.settling import catch_up as settle_all

    settle_all()


@every(timedelta(minutes=10))
@job("chat_leads.tell_awaiting", transactional=False)
def tell_awaiting() -> None:
    """Send each Client, at its own hour, the list of those who wait for an answer."""
    from allonce.products.chat.leads.services.awaiting import tell_all

    tell_all()


@every("daily at 03:50")
@job("chat_leads.remove_what_is_over", transactional=False)
def remove_what_is_over() -> None:
    """Remove what is kept beyond its Client's period."""
    from allonce.products.chat.leads.services.keeping import sweep

    sweep()


@job("chat_leads.text_out")
def text_out(entry_id: UUID) -> None:
    """Send one entry as a text message."""
    from allonce.products.chat.leads.services import texting

    texting.text_out(entry_id)
