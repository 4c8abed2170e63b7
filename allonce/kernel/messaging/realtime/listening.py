"""A request to hear one stream, whichever way it is answered."""

from dataclasses import dataclass
from uuid import UUID

from allonce.kernel.messaging.realtime.admission import Caller
from allonce.kernel.messaging.realtime.answers import Receive, Send
from allonce.kernel.messaging.realtime.hub import Hub


@dataclass(frozen=True, slots=True)
class Listening:
    """Who wants to hear what follows entry number `after`."""

    hub: Hub
    caller: Caller
    stream_id: UUID
    after: int
    receive: Receive
    send: Send
