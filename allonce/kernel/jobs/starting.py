"""What must be right before an installation serves anybody; rooms further right register what they know of."""

import sys
from collections.abc import Callable, Iterable

Condition = Callable[[], Iterable[str]]
# As in sysexits.h: something in the configuration is wrong.
WRONG_CONFIGURATION = 78
_conditions: list[Condition] = []


def register_condition(condition: Condition) -> None:
    """Let `condition` say, in sentences that tell what to do, what stands in the way. Called in an app's `ready`."""
    _conditions.append(condition)


def obstacles() -> list[str]:
    """Everything that stands in the way of serving, empty if nothing does."""
    return [found for condition in _conditions for found in condition()]


def require_ready() -> None:
    """Refuse to start (exit 78) while anything stands in the way: for web servers, workers and `allonce up`."""
    found = obstacles()
    if found:
        sys.stderr.write("Allonce does not start:\n" + "\n".join(f"- {each}" for each in found) + "\n")
        sys.exit(WRONG_CONFIGURATION)
