"""Logs that cannot carry personal data: only listed keys, only constant messages, no exception words."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

# A key enters this list only if its values are ids, counts, durations, states or names from our own source.
ALLOWED = frozenset(
    {
        "event", "level", "logger", "timestamp", "exception",
        "account_id", "attempt", "bytes", "code", "count", "device_id", "duration_ms", "entry_id",
        "error_type", "job", "job_id", "key_id", "method", "model", "outcome", "port", "process",
        "queue", "reason_code", "row_id", "schedule", "scope_kind", "seconds", "state", "status",
        "version", "view", "worker",
    }
)  # fmt: skip


def keep_allowed(_logger: Any, _method: str, event: Event) -> Event:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def where_it_broke(_logger: Any, _method: str, event: Event) -> Event:
    """Replace an exception by its types and places, since its words may quote personal data."""
    error = _error_of(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = _outline(error)
    return event


def unformatted(_logger: Any, _method: str, event: Event) -> Event:
    """For records of the standard library: keep the constant template, not the values put into it."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        event["status"] = getattr(record, "status_code", None)
    return event


def configure(_settings: object = None) -> None:
    """Send structlog and the standard library through one filter to standard error, a JSON line each."""
    shared: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_broke,
    ]
    structlog.configure(
        processors=[*shared, keep_allowed, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in ("django", "django.server", "uvicorn", "uvicorn.error", "uvicorn.access"):
        # Their own handlers write whole messages, or mail them.
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    # Starting and stopping are told by the `allonce` command, in words for people.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _formatter(shared: list[Any]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, unformatted],
        use_get_message=False,
        processors=[
            where_it_broke,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            keep_allowed,
            structlog.processors.JSONRenderer(default=str),
        ],
    )


def _error_of(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    if given:
        return sys.exc_info()[1]
    return None


def _outline(error: BaseException) -> list[str]:
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or error.__context__
    return [*places, type(error).__qualname__, *(["caused by", *_outline(cause)] if cause else [])]
