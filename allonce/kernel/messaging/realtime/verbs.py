"""What a seat can do, the same over every transport: send, mark as read, tell that it types."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from allonce.kernel.errors import UserError
from allonce.kernel.messaging.realtime.commit import Answer, Marking, Sending
from allonce.kernel.messaging.realtime.frames import draft_of, number_in, problem_of, switch_in
from allonce.kernel.messaging.realtime.limits import Pace, TooFast
from allonce.kernel.messaging.wire import Frame, moment

if TYPE_CHECKING:
    from allonce.kernel.messaging.realtime.admission import Admission
    from allonce.kernel.messaging.realtime.hub import Hub

TYPING = Pace(5, 120)


def send(hub: "Hub", admission: "Admission", frame: Frame, done: Callable[[Answer], None]) -> None:
    """Send an entry; `done` gets the answer after the commit. Raises BadFrame, TooFast or Unavailable."""
    hub.send(Sending(admission.seat, admission.kind, draft_of(frame)), done)


def read(hub: "Hub", admission: "Admission", frame: Frame) -> None:
    """Note how far the seat has read. Raises BadFrame or Unavailable."""
    seat = admission.seat
    hub.mark(Marking(seat.stream_id, seat.name, number_in(frame, "up_to")))


def typing(hub: "Hub", admission: "Admission", frame: Frame) -> None:
    """Tell the others; too often is simply not told. Raises BadFrame."""
    seat, on = admission.seat, switch_in(frame)
    try:
        hub.limits.sends.take(("typing", seat.stream_id, seat.name), TYPING)
    except TooFast:
        return
    hub.say(seat.stream_id, {"t": "typing", "seat": seat.name, "on": on})


def ack_of(frame: Frame, answer: Answer) -> Frame:
    """The answer to a send, in the sender's own words for stream and cid."""
    if isinstance(answer, UserError):
        return nack_of(frame, answer)
    return {"t": "ack", "s": frame["s"], "cid": frame["cid"], "seq": answer.seq, "at": moment(answer.at)}


def nack_of(frame: Frame, error: UserError) -> Frame:
    """A refusal, of a send or of whatever else was asked."""
    return {"t": "nack", "s": frame.get("s"), "cid": frame.get("cid"), "problem": problem_of(error)}
