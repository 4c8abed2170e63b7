"""What an entry may hold: ids, numbers, dates and codes of our own. Never a value that a person typed."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
TARGET = re.compile(r"[a-z_]+\.[A-Za-z]+:(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{1,20})")


class NotForAudit(ValueError):
    """The caller tried to put something into the record that might be personal."""


def clean_action(action: str) -> str:
    """The action, if it is a code such as `catalogue.published`."""
    if not CODE.fullmatch(action) or "." not in action:
        raise NotForAudit("actions look like room.happened")
    return action


def clean_target(target: str) -> str:
    """The target, if it names a row as `app.Model:id`, or is empty."""
    if target and not TARGET.fullmatch(target):
        raise NotForAudit("targets look like app.Model:id")
    return target


def clean_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """The payload in its stored form. Raises NotForAudit for free text, floats and nested mappings."""
    for name in data:
        if not CODE.fullmatch(name):
            raise NotForAudit(f"{name!r} is no code")
    return {name: _clean(name, value) for name, value in sorted(data.items())}


def _clean(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and CODE.fullmatch(value):
        return value
    if isinstance(value, list | tuple):
        return [_clean(name, item) for item in value]
    # The value itself stays out of the message: messages are logged.
    raise NotForAudit(f"{name} holds a {type(value).__name__} that is neither an id, a number, a date nor a code")
