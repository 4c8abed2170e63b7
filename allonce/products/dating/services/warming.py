"""Makes a zone's index ready before anybody asks for suggestions: machine code has to be made the first time."""

import os
from threading import Thread

import structlog
from django.db import connections

from allonce.kernel.accounts import tenancy

log = structlog.get_logger("allonce.dating")
_begun: set[str] = set()


def soon(zone: str) -> None:
    """Begin in the background, once for each zone and process. Where nothing is compiled there is nothing to make."""
    if not zone or zone in _begun or os.environ.get("NUMBA_DISABLE_JIT") == "1":
        return
    _begun.add(zone)
    Thread(target=_prepare, args=(zone,), name=f"dating-{zone}", daemon=True).start()


def _prepare(zone: str) -> None:
    # With the libraries that a page must not wait for.
    from allonce.products.dating.services import around

    try:
        with tenancy.across_accounts():
            around.prepare(zone)
    except Exception as error:  # noqa: BLE001 - the page that needs it tries again, and tells
        log.warning("index_not_prepared", error=type(error).__name__)
    finally:
        connections.close_all()
