"""What every draft must be like, whoever makes it."""

import re

from allonce.kernel.messaging.errors import BadFrame, NotYours
from allonce.kernel.messaging.ports import EVERYBODY, ONE_SEAT, STAFF, Draft, Seat

KIND = re.compile(r"[a-z][a-z_]{0,19}")
SEAT = re.compile(r"[A-Za-z0-9_.:-]{1,60}")
# The mark that an erasure leaves in the log; nobody sends one.
ERASED = "erased"


def check_draft(draft: Draft) -> None:
    """Refuse what no stream takes. Raises BadFrame."""
    one_seat = draft.audience.removeprefix(ONE_SEAT) if draft.audience.startswith(ONE_SEAT) else None
    known = draft.audience in (EVERYBODY, STAFF) or (one_seat is not None and SEAT.fullmatch(one_seat))
    if not known or not KIND.fullmatch(draft.kind) or not isinstance(draft.body, dict):
        raise BadFrame


def check_sent(seat: Seat, draft: Draft) -> None:
    """Refuse what this seat may not send. Raises BadFrame or NotYours."""
    check_draft(draft)
    if draft.kind == ERASED:
        raise BadFrame
    if draft.audience != EVERYBODY and not seat.staff:
        raise NotYours
