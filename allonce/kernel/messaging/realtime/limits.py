"""How much one seat may send, one credential may connect, and one address may try in vain. Counted in each process."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from django.utils.translation import gettext_lazy

from allonce.kernel.errors import TooMany

SECOND, MINUTE = 1.0, 60.0
MOST_KEPT = 50_000
MOST_OF_TOKEN = 6
MOST_OF_SESSION = 30


class TooManyConnections(TooMany):
    code = "too_many_connections"
    message = gettext_lazy("This conversation is open in too many windows. Close some of them.")


class TooFast(TooMany):
    code = "too_many"
    message = gettext_lazy("That was a lot at once. It goes on in a moment.")


@dataclass(frozen=True)
class Pace:
    """How many sends a second and a minute."""

    second: int
    minute: int


VISITOR = Pace(20, 200)
STAFF = Pace(100, 2000)
REFUSED = Pace(60, 60)


class Windows:
    """Counts in the running second and the running minute, by key."""

    def __init__(self) -> None:
        self.counts: dict[object, list[float]] = {}

    def take(self, key: object, pace: Pace) -> None:
        """Count one. Raises TooFast with the seconds to wait; what is refused is not counted."""
        found = self.check(key, pace)
        found[1] += 1
        found[3] += 1

    def check(self, key: object, pace: Pace) -> list[float]:
        """What is counted. Raises TooFast when one more would be too many."""
        at = monotonic()
        found = self.counts.get(key)
        if found is None:
            self._make_room(at)
            found = self.counts[key] = [at, 0, at, 0]
        if at - found[0] >= SECOND:
            found[0], found[1] = at, 0
        if at - found[2] >= MINUTE:
            found[2], found[3] = at, 0
        if found[3] >= pace.minute:
            raise TooFast(int(found[2] + MINUTE - at) + 1)
        if found[1] >= pace.second:
            raise TooFast(1)
        return found

    def _make_room(self, at: float) -> None:
        if len(self.counts) >= MOST_KEPT:
            self.counts = {key: found for key, found in self.counts.items() if at - found[2] < MINUTE}
        if len(self.counts) >= MOST_KEPT:
            self.counts.clear()


@dataclass
class Limits:
    """All that is counted in this process."""

    sends: Windows = field(default_factory=Windows)
    refusals: Windows = field(default_factory=Windows)
    connections: Counter[bytes] = field(default_factory=Counter)

    def count_send(self, stream_id: UUID, seat: str, *, staff: bool) -> None:
        """Raises TooFast."""
        self.sends.take((stream_id, seat), STAFF if staff else VISITOR)

    def count_refusal(self, address: str) -> None:
        """One wrong credential from this address."""
        with suppress(TooFast):
            self.refusals.take(address, REFUSED)

    def check_refusals(self, address: str) -> None:
        """Raises TooFast for an address that showed one wrong credential after another: it is not even looked up."""
        self.refusals.check(address, REFUSED)

    def connect(self, key: bytes, *, token: bool) -> None:
        """Count a connection of a credential. Raises TooManyConnections."""
        if self.connections[key] >= (MOST_OF_TOKEN if token else MOST_OF_SESSION):
            raise TooManyConnections(5)
        self.connections[key] += 1

    def disconnect(self, key: bytes) -> None:
        """Count it off."""
        self.connections[key] -= 1
        if self.connections[key] <= 0:
            del self.connections[key]
