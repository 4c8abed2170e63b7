"""The desk's ways in, as the settings name them, running until told to stop."""

import asyncio
from contextlib import suppress

import structlog
from django.conf import settings
from django.db import close_old_connections

from allonce.kernel.desk.receiving import imap, lmtp
from allonce.kernel.desk.services import intake

log = structlog.get_logger("allonce.desk")


def is_wanted() -> bool:
    """Whether mail has any way in."""
    return bool(settings.ENV.desk_port or settings.ENV.desk_imap_host)


async def take_mail(stop: asyncio.Event) -> None:
    """Serve and fetch until `stop` is set. Raises OSError where the port is taken."""
    ways = []
    if settings.ENV.desk_port:
        ways.append(_serve(stop))
    if settings.ENV.desk_imap_host:
        ways.append(_fetch(stop))
    await asyncio.gather(*ways)


async def _serve(stop: asyncio.Event) -> None:
    env = settings.ENV
    wanted = lmtp.Intake(_take_sent, knows=_is_ours, protocol=env.desk_protocol)
    await lmtp.receive(wanted, stop, host=env.desk_host, port=env.desk_port)


async def _fetch(stop: asyncio.Event) -> None:
    """A round, then a pause; a fault is told once, when it begins."""
    told = ""
    while not stop.is_set():
        done = await asyncio.to_thread(imap.fetch, _account(), _take)
        if done.fault and done.fault != told:
            log.warning("desk.mailbox_fault", fault=done.fault)
        told = done.fault
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), settings.ENV.desk_imap_seconds)


def _account() -> imap.ImapAccount:
    env = settings.ENV
    return imap.ImapAccount(
        host=env.desk_imap_host,
        user=env.desk_imap_user,
        password=env.desk_imap_password,
        port=env.desk_imap_port,
        security=env.desk_imap_security,
        folder=env.desk_imap_folder,
        taken_folder=env.desk_imap_taken,
        authority_file=env.desk_imap_authority or None,
    )


def _is_ours(recipient: str) -> bool:
    """The desk's address, also with a detail behind a plus; any at all where the mail server sorts them out."""
    left, _at, host = settings.SUPPORT_EMAIL.casefold().partition("@")
    name, _at, domain = recipient.casefold().partition("@")
    return domain == host and (name == left or name.startswith(f"{left}+"))


def _take_sent(raw: bytes, _recipients: tuple[str, ...], _envelope_from: str) -> None:
    _take(raw)


def _take(raw: bytes) -> None:
    """Keep one mail, in a thread of its own."""
    close_old_connections()
    try:
        intake.receive(raw)
    finally:
        close_old_connections()
