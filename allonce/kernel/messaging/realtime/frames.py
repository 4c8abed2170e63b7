"""Reading what clients send: JSON objects of known form, and nothing else."""

import json
from typing import Any
from uuid import UUID

from allonce.kernel.errors import UserError
from allonce.kernel.messaging.errors import BadFrame
from allonce.kernel.messaging.ports import EVERYBODY, Draft
from allonce.kernel.messaging.wire import Frame, encode

LONGEST_FRAME = 64 * 1024
HIGHEST_SEQ = 2**53


def parsed(text: str | bytes) -> Frame:
    """A frame. Raises BadFrame."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(frame, dict):
        raise BadFrame
    return frame


def stream_of(frame: Frame) -> UUID:
    """The stream it is about. Raises BadFrame."""
    return _uuid(frame.get("s"))


def number_in(frame: Frame, name: str) -> int:
    """A number of an entry, 0 to 2^53. Raises BadFrame."""
    value = frame.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < HIGHEST_SEQ:
        raise BadFrame
    return value


def switch_in(frame: Frame) -> bool:
    """Whether something goes on or off. Raises BadFrame."""
    value = frame.get("on")
    if not isinstance(value, bool):
        raise BadFrame
    return value


def draft_of(frame: Frame) -> Draft:
    """What is to be sent. Raises BadFrame."""
    kind, body, audience = frame.get("kind"), frame.get("body"), frame.get("audience", EVERYBODY)
    if not isinstance(kind, str) or not isinstance(body, dict) or not isinstance(audience, str):
        raise BadFrame
    return Draft(_uuid(frame.get("cid")), kind, _sendable(body), audience)


def problem_of(error: UserError) -> dict[str, Any]:
    """What a nack tells: a stable code, a sentence, and when to try again if that helps."""
    problem = {"code": error.code, "detail": str(error)}
    wait = getattr(error, "retry_after", None)
    return problem if wait is None else {**problem, "retry_after": wait}


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or len(value) > 36:
        raise BadFrame
    try:
        return UUID(value)
    except ValueError as error:
        raise BadFrame from error


def _sendable(body: dict[str, Any]) -> dict[str, Any]:
    """Half of a surrogate pair cannot be written as UTF-8: no reader could ever be sent it. Raises BadFrame."""
    try:
        encode(body).encode()
    except (UnicodeEncodeError, ValueError, RecursionError) as error:
        raise BadFrame from error
    return body
