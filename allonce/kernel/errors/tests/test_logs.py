"""Logs say where it broke, never about whom."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from allonce.kernel.errors.logs import configure

SECRET = "Ada Lovelace"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    kept = root.handlers[:]
    configure()
    stream = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    root.handlers = kept


def last(stream: io.StringIO) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stream.getvalue().splitlines()[-1])
    return found


def test_only_listed_keys_are_written(lines: io.StringIO) -> None:
    structlog.get_logger("probe").info("probe_happened", job_id="17", email="ada@example.com", name=SECRET)
    assert last(lines)["job_id"] == "17"
    assert SECRET not in lines.getvalue()
    assert "ada@" not in lines.getvalue()


def test_an_exception_is_told_by_type_and_place_without_its_words(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError as error:
        structlog.get_logger("probe").error("probe_failed", exc_info=error)
        logging.getLogger("probe.standard").exception("failed for %s", SECRET)
    assert SECRET not in lines.getvalue()
    assert {"ValueError", "caused by", "KeyError"} <= set(last(lines)["exception"])


def test_the_standard_librarys_records_keep_their_template_only(lines: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", f"/people/{SECRET}", extra={"name2": SECRET})
    assert last(lines)["event"] == "Not Found: %s"
    assert SECRET not in lines.getvalue()
